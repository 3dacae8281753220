// What pages ask the server about keeping order: HTTP calls, each answered with data or a RequestFailed.
import type { AuditPage, ChannelPersonView, LexiconView, ModeratorView, SanctionPage, SanctionView } from '../../server/contract/moderation.ts'
import type { ReportAction, ReportPage, ReportReceived, ReportRequest } from '../../server/contract/reports.ts'
import type { ProfileView } from '../../server/contract/social.ts'
import { requestJson } from '../client/requestJson.ts'

const of = (channel: string, path: string) => `/api/channels/${channel}/moderation/${path}`
const query = (fields: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== null && field[1] !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
type Target = { readonly user: string; readonly reason: string }
export type AuditFilter = { readonly action: string; readonly user: string }
/** A channel's name; null: the platform's. */
export type Place = string | null
const wordsPath = (place: Place) => (place === null ? '/api/moderation/words' : of(place, 'words'))

export const moderationApi = {
  person: (channel: string, user: string, signal?: AbortSignal) => requestJson<ChannelPersonView>(`/api/channels/${channel}/people/${user}`, signal ? { signal } : {}),
  profile: (user: string, signal?: AbortSignal) => requestJson<ProfileView>(`/api/people/${user}`, signal ? { signal } : {}),
  mute: (channel: string, body: Target & { readonly for: number | 'show' | 'ever' }) => requestJson<SanctionView>(of(channel, 'mute'), { method: 'POST', body }),
  kick: (channel: string, body: Target & { readonly seconds: number }) => requestJson<SanctionView>(of(channel, 'kick'), { method: 'POST', body }),
  ban: (channel: string, body: Target) => requestJson<SanctionView>(of(channel, 'ban'), { method: 'POST', body }),
  unmute: (channel: string, body: Target) => requestJson<void>(of(channel, 'unmute'), { method: 'POST', body }),
  lift: (channel: string, body: Target) => requestJson<void>(of(channel, 'lift'), { method: 'POST', body }),
  addModerator: (channel: string, { user, reason }: Target) => requestJson<void>(of(channel, `moderators/${encodeURIComponent(user)}`), { method: 'PUT', body: { reason } }),
  removeModerator: (channel: string, { user, reason }: Target) => requestJson<void>(of(channel, `moderators/${encodeURIComponent(user)}`), { method: 'DELETE', body: { reason } }),
  moderators: (channel: string, signal: AbortSignal) => requestJson<ModeratorView[]>(of(channel, 'moderators'), { signal }),
  sanctions: (channel: string, before: string | null) => requestJson<SanctionPage>(of(channel, `sanctions${query({ before })}`)),
  audit: (place: Place, filter: AuditFilter, before: string | null) => requestJson<AuditPage>(`${place === null ? '/api/moderation/audit' : of(place, 'audit')}${query({ ...filter, before })}`),
  words: (place: Place, signal: AbortSignal) => requestJson<LexiconView>(wordsPath(place), { signal }),
  setWords: (place: Place, text: string) => requestJson<LexiconView>(wordsPath(place), { method: 'PUT', file: new Blob([text], { type: 'text/plain' }) }),
  wordsFile: (place: Place) => `${wordsPath(place)}.txt`,
  report: (body: ReportRequest) => requestJson<ReportReceived>('/api/reports', { method: 'POST', body }),
  reports: (state: 'open' | 'handled', before: string | null) => requestJson<ReportPage>(`/api/operator/reports${query({ state, before })}`),
  closeReport: (id: string, body: { readonly actions: readonly ReportAction[]; readonly note: string }) => requestJson<void>(`/api/operator/reports/${id}/close`, { method: 'POST', body }),
  setDisabled: (user: string, disabled: boolean) => requestJson<void>(`/api/operator/users/${user}/disabled`, { method: 'PUT', body: { disabled } }),
}
