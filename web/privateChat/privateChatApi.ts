// The HTTP side of private chat by name.
import type { ConversationPage, MessagePage, PrivateBox, PrivateCounts, PrivateImage, PrivateSearch, PrivateSettings, ThreadView } from '../../server/contract/privateChat.ts'
import { requestJson } from '../client/requestJson.ts'

const query = (values: Readonly<Record<string, string | number | undefined>>): string => {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}
const threadPath = (key: string) => `/api/messages/with/${encodeURIComponent(key)}`
const blockPath = (name: string) => `/api/people/${encodeURIComponent(name)}/block`

export const privateChatApi = {
  conversations: (box: PrivateBox, before?: string) => requestJson<ConversationPage>(`/api/messages${query({ box, before })}`),
  counts: () => requestJson<PrivateCounts>('/api/messages/unread'),
  search: (q: string, signal: AbortSignal) => requestJson<PrivateSearch>(`/api/messages/search${query({ q })}`, { signal }),
  thread: (key: string) => requestJson<ThreadView>(threadPath(key)),
  older: (key: string, before: number, limit?: number) => requestJson<MessagePage>(`${threadPath(key)}/messages${query({ before, limit })}`),
  newer: (key: string, after: number) => requestJson<MessagePage>(`${threadPath(key)}/messages${query({ after, limit: 100 })}`),
  upload: (file: Blob) => requestJson<PrivateImage>('/api/messages/images', { method: 'POST', file }),
  settings: () => requestJson<PrivateSettings>('/api/messages/settings'),
  changeSettings: (change: Partial<PrivateSettings>) => requestJson<PrivateSettings>('/api/messages/settings', { method: 'PATCH', body: change }),
  block: (name: string) => requestJson<unknown>(blockPath(name), { method: 'PUT' }),
  unblock: (name: string) => requestJson<unknown>(blockPath(name), { method: 'DELETE' }),
} as const

export type PrivateChatApi = typeof privateChatApi
