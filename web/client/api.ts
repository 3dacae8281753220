// The HTTP API by name, so that a page never spells a path.
import type { Category, ChannelView, LiveCard, MeView, ReplayView, StreamKeyView, UserView } from '../../server/contract/http.ts'
import { requestJson } from './requestJson.ts'

type Credentials = { readonly name: string; readonly password: string }
type ChannelChange = { readonly title?: string; readonly category?: Category; readonly record?: boolean }

const channelPath = (name: string) => `/api/channels/${encodeURIComponent(name)}`

export const api = {
  me: () => requestJson<MeView>('/api/me'),
  signUp: (body: Credentials) => requestJson<UserView>('/api/signup', { method: 'POST', body }),
  logIn: (body: Credentials) => requestJson<UserView>('/api/login', { method: 'POST', body }),
  logOut: () => requestJson<undefined>('/api/logout', { method: 'POST' }),

  live: (signal?: AbortSignal) => requestJson<LiveCard[]>('/api/live', { signal }),
  channel: (name: string, signal?: AbortSignal) => requestJson<ChannelView>(channelPath(name), { signal }),
  createChannel: (body: { name: string; title: string; category: Category }) => requestJson<ChannelView>('/api/channels', { method: 'POST', body }),
  changeChannel: (name: string, body: ChannelChange) => requestJson<ChannelView>(channelPath(name), { method: 'PATCH', body }),
  putCover: (name: string, file: Blob) => requestJson<ChannelView>(`${channelPath(name)}/cover`, { method: 'PUT', file }),
  streamKey: (name: string) => requestJson<StreamKeyView>(`${channelPath(name)}/stream-key`),
  resetStreamKey: (name: string) => requestJson<StreamKeyView>(`${channelPath(name)}/stream-key`, { method: 'POST' }),

  replay: (broadcastId: string, signal?: AbortSignal) => requestJson<ReplayView>(`/api/replays/${encodeURIComponent(broadcastId)}`, { signal }),
} as const
