// What pages ask about gifts over HTTP.
import type { GiftPanelView, GiftView, PacketResult, Ranking, RankingPeriod } from '../../server/contract/gifts.ts'
import { requestJson } from '../client/requestJson.ts'

const channelPath = (name: string) => `/api/channels/${encodeURIComponent(name)}/gifts`

export const giftsApi = {
  catalogue: (signal?: AbortSignal) => requestJson<readonly GiftView[]>('/api/gifts', { signal }),
  panel: (channel: string, signal?: AbortSignal) => requestJson<GiftPanelView>(`${channelPath(channel)}/me`, { signal }),
  ranking: (channel: string, period: RankingPeriod, signal?: AbortSignal) => requestJson<Ranking>(`${channelPath(channel)}/ranking?period=${period}`, { signal }),
  platformRanking: (side: 'host' | 'sender', period: RankingPeriod, signal?: AbortSignal) => requestJson<Ranking>(`/api/gifts/ranking?side=${side}&period=${period}`, { signal }),
  packet: (id: string, signal?: AbortSignal) => requestJson<PacketResult>(`/api/packets/${encodeURIComponent(id)}`, { signal }),
} as const
