// The HTTP API of guards by name.
import type { GuardBought, GuardListPage, GuardPurchase, GuardView } from '../../server/contract/guard.ts'
import { requestJson } from '../client/requestJson.ts'

const pathOf = (channel: string, what: 'guard' | 'guards') => `/api/channels/${encodeURIComponent(channel)}/${what}`

export const guardApi = {
  view: (channel: string, signal?: AbortSignal) => requestJson<GuardView>(pathOf(channel, 'guard'), { signal }),
  list: (channel: string, after: string | null) => requestJson<GuardListPage>(`${pathOf(channel, 'guards')}?limit=48${after === null ? '' : `&after=${after}`}`),
  buy: (channel: string, purchase: GuardPurchase) => requestJson<GuardBought>(pathOf(channel, 'guard'), { method: 'POST', body: purchase }),
}
