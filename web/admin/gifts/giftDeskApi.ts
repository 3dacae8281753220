// The operators' side of gifts over HTTP.
import type { AdminGift, GiftDraft, GiftFile } from '../../../server/contract/gifts.ts'
import { requestJson } from '../../client/requestJson.ts'

const one = (id: string) => `/api/admin/gifts/${encodeURIComponent(id)}`
const sharePath = (channel: string) => `/api/admin/channels/${encodeURIComponent(channel)}/gift-share`

export const giftDeskApi = {
  list: (signal?: AbortSignal) => requestJson<readonly AdminGift[]>('/api/admin/gifts', { signal }),
  create: (draft: GiftDraft) => requestJson<AdminGift>('/api/admin/gifts', { method: 'POST', body: draft }),
  save: (id: string, draft: GiftDraft) => requestJson<AdminGift>(one(id), { method: 'PUT', body: draft }),
  publish: (id: string) => requestJson<AdminGift>(`${one(id)}/publish`, { method: 'POST' }),
  retire: (id: string) => requestJson<AdminGift>(`${one(id)}/retire`, { method: 'POST' }),
  /** What the bytes are is told by themselves, not by a type the browser guesses. */
  upload: (kind: 'icon' | 'effect', file: Blob) => requestJson<GiftFile>(`/api/admin/gifts/files?kind=${kind}`, { method: 'POST', file: new Blob([file], { type: 'application/octet-stream' }) }),
  share: (channel: string, signal?: AbortSignal) => requestJson<{ readonly share: number | null }>(sharePath(channel), { signal }),
  setShare: (channel: string, share: number | null) => requestJson<{ readonly share: number | null }>(sharePath(channel), { method: 'PUT', body: { share } }),
} as const
