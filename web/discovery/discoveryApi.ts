// The HTTP API of finding, by name.
import type { HomeView, RankingPeriod, RankingView, SearchView, Suggestion } from '../../server/contract/discovery.ts'
import type { Category, ChannelView } from '../../server/contract/http.ts'
import { requestJson } from '../client/requestJson.ts'

const query = (values: Readonly<Record<string, string | number | null>>) =>
  new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))).toString()

export const discoveryApi = {
  home: (wanted: { category: string | null; tag: string | null; limit: number }, signal?: AbortSignal) => requestJson<HomeView>(`/api/home?${query(wanted)}`, { signal }),
  search: (q: string, signal?: AbortSignal) => requestJson<SearchView>(`/api/search?${query({ q })}`, { signal }),
  suggestions: (q: string, signal?: AbortSignal) => requestJson<Suggestion[]>(`/api/search/suggestions?${query({ q })}`, { signal }),
  rankings: (period: RankingPeriod, signal?: AbortSignal) => requestJson<RankingView>(`/api/rankings?${query({ period })}`, { signal }),
  saveChannel: (name: string, body: { title: string; category: Category; tags: readonly string[] }) => requestJson<ChannelView>(`/api/channels/${encodeURIComponent(name)}`, { method: 'PATCH', body }),
} as const
