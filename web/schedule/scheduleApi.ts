// The HTTP API of announced shows by name.
import type { ShowView } from '../../server/contract/schedule.ts'
import { requestJson } from '../client/requestJson.ts'

type ShowWords = { readonly title: string; readonly startsAt: string }
const showsOf = (channel: string) => `/api/channels/${encodeURIComponent(channel)}/shows`
const show = (id: string) => `/api/shows/${encodeURIComponent(id)}`

export const scheduleApi = {
  shows: (channel: string, signal?: AbortSignal) => requestJson<ShowView[]>(showsOf(channel), { signal }),
  announce: (channel: string, body: ShowWords) => requestJson<ShowView>(showsOf(channel), { method: 'POST', body }),
  change: (id: string, body: Partial<ShowWords>) => requestJson<ShowView>(show(id), { method: 'PATCH', body }),
  cancel: (id: string) => requestJson<undefined>(show(id), { method: 'DELETE' }),
  remind: (id: string, wanted: boolean) => requestJson<ShowView>(`${show(id)}/reminder`, { method: wanted ? 'PUT' : 'DELETE' }),
} as const
