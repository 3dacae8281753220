// The HTTP API of people by name.
import type { FollowedLive, FollowView, PeopleList, PeoplePage, ProfileView } from '../../server/contract/social.ts'
import { requestJson } from '../client/requestJson.ts'

type Search = { readonly q: string; readonly after: string | null }

const pathOf = (name: string) => `/api/people/${encodeURIComponent(name)}`
const queryOf = ({ q, after }: Search) => `?${new URLSearchParams({ ...(q === '' ? {} : { q }), ...(after === null ? {} : { after }) }).toString()}`

export const peopleApi = {
  profile: (name: string, signal?: AbortSignal) => requestJson<ProfileView>(pathOf(name), { signal }),
  list: (name: string, list: PeopleList, search: Search, signal?: AbortSignal) => requestJson<PeoplePage>(`${pathOf(name)}/${list}${queryOf(search)}`, { signal }),
  blocks: (search: Search, signal?: AbortSignal) => requestJson<PeoplePage>(`/api/blocks${queryOf(search)}`, { signal }),
  followedLive: (signal?: AbortSignal) => requestJson<FollowedLive[]>('/api/following/live', { signal }),
  follow: (name: string, wanted: boolean) => requestJson<FollowView>(`${pathOf(name)}/follow`, { method: wanted ? 'PUT' : 'DELETE' }),
  setLiveNotices: (name: string, wanted: boolean) => requestJson<FollowView>(`${pathOf(name)}/live-notices`, { method: 'PUT', body: { wanted } }),
  block: (name: string, wanted: boolean) => requestJson<FollowView>(`${pathOf(name)}/block`, { method: wanted ? 'PUT' : 'DELETE' }),
} as const
