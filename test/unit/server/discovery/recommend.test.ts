// Recommendations say why, and never show what the reader knows already.
import { expect, test } from 'vitest'
import type { ChannelCard } from '../../../../server/contract/discovery.ts'
import type { Category } from '../../../../server/contract/http.ts'
import type { UserId } from '../../../../server/contract/ids.ts'
import type { PersonView } from '../../../../server/contract/people.ts'
import { recommend } from '../../../../server/discovery/recommend.ts'

const person = (name: string): PersonView => ({ id: name as UserId, name, displayName: name, avatarUrl: null })
const card = (channel: string, category: Category, live = true): ChannelCard => ({
  channel,
  title: channel,
  category,
  tags: [],
  owner: person(channel),
  coverUrl: null,
  live: live ? { state: 'live', source: 'rtmp', viewers: 1, liveAt: '2026-11-22T20:00:00Z', paid: false } : null,
})
const because = person('ada')

test('live people that fellow followers follow come first, then liked kinds of shows in turn, then those offline', () => {
  const picks = recommend({
    liked: [{ card: card('away', 'talk', false), because }, { card: card('near', 'talk'), because }],
    live: [card('m1', 'music'), card('m2', 'music'), card('g1', 'games'), card('x', 'art'), card('near', 'talk')],
    interests: new Map<Category, number>([['games', 1], ['music', 3]]),
    known: new Set(),
    limit: 8,
  })
  expect(picks.map(({ channel, reason }) => [channel, reason.kind])).toEqual([['near', 'co-follow'], ['m1', 'category'], ['g1', 'category'], ['m2', 'category'], ['away', 'co-follow']])
  expect(picks[0]?.reason).toEqual({ kind: 'co-follow', person: because })
})

test('what is known already is left out, nothing comes twice, and the limit holds', () => {
  const picks = recommend({ liked: [{ card: card('a', 'music'), because }], live: ['a', 'b', 'c', 'd'].map((name) => card(name, 'music')), interests: new Map([['music' as const, 1]]), known: new Set(['b']), limit: 2 })
  expect(picks.map(({ channel }) => channel)).toEqual(['a', 'c'])
})

test('a reader of whom nothing is known is recommended nothing', () => {
  expect(recommend({ liked: [], live: [card('a', 'music')], interests: new Map(), known: new Set(), limit: 8 })).toEqual([])
})
