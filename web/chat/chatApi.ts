// The chat's HTTP: what was said in a kept broadcast.
import type { ChatMessage } from '../../server/contract/chat.ts'
import { requestJson } from '../client/requestJson.ts'

const chatPath = (broadcastId: string) => `/api/replays/${encodeURIComponent(broadcastId)}/chat`

export const chatApi = {
  /** Messages with an offset from the first to the second, at most 500. */
  replay: (broadcastId: string, fromMs: number, toMs: number) => requestJson<ChatMessage[]>(`${chatPath(broadcastId)}?from=${Math.floor(fromMs)}&to=${Math.ceil(toMs)}`),
  /** For the host: files to keep. */
  fileUrl: (broadcastId: string, kind: 'jsonl' | 'csv') => `${chatPath(broadcastId)}.${kind}`,
} as const
