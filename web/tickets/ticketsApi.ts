// What paid shows ask of the server, by name.
import type { AccessView, TicketSettingView, TicketTerms } from '../../server/contract/tickets.ts'
import { requestJson } from '../client/requestJson.ts'

const path = (channel: string) => `/api/channels/${encodeURIComponent(channel)}/ticket`

export const ticketsApi = {
  access: (broadcastId: string, signal?: AbortSignal) => requestJson<AccessView | null>(`/api/broadcasts/${encodeURIComponent(broadcastId)}/ticket`, { signal }),
  buy: (channel: string, body: { broadcastId: string; price: string; key: string }) => requestJson<AccessView>(path(channel), { method: 'POST', body }),
  goOn: (channel: string, body: { broadcastId: string; price: string; going: boolean; cap: string | null }) => requestJson<AccessView>(`${path(channel)}/minutes`, { method: 'PUT', body }),
  setting: (channel: string, signal?: AbortSignal) => requestJson<TicketSettingView>(path(channel), { signal }),
  set: (channel: string, ticket: TicketTerms | null) => requestJson<TicketSettingView>(path(channel), { method: 'PUT', body: { ticket } }),
} as const
