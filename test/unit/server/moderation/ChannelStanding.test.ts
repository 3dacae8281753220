import { expect, test } from 'vitest'
import type { User } from '../../../../server/accounts/userStore.ts'
import type { BroadcastId, UserId } from '../../../../server/contract/ids.ts'
import { ADDRESS_HOLDS_MS, ChannelStanding, MAX_TRACES } from '../../../../server/moderation/ChannelStanding.ts'
import type { StandingSnapshot } from '../../../../server/moderation/ChannelStanding.ts'

const user = (name: string, role: User['role'] = 'user') => ({ id: name as UserId, name, displayName: name, role }) as unknown as User
const [owner, helper, rowdy, other, operator] = [user('owner'), user('helper'), user('rowdy'), user('other'), user('operator', 'operator')]
const browser = { visitorId: 'rowdys-browser', addressHash: 'rowdys-address' }
const elsewhere = { visitorId: 'fresh-browser', addressHash: 'fresh-address' }
const NOW = 1_000_000_000_000

const standing = (snapshot: Partial<StandingSnapshot>, now = NOW, onNewTrace = (_id: string) => undefined as void) =>
  new ChannelStanding({ channel: { ownerId: owner.id }, snapshot: { moderators: new Set([helper.id]), mutes: [], keptOut: [], traces: [], ...snapshot }, now: () => now, onNewTrace })
const kicked = (until: Date | null = new Date(NOW + 60_000)) => ({
  keptOut: [{ id: '1', userId: rowdy.id, until, reason: 'rude' }],
  traces: [
    { kind: 'visitor' as const, value: browser.visitorId, seenAt: new Date(NOW), sanctionId: '1' },
    { kind: 'address' as const, value: browser.addressHash, seenAt: new Date(NOW), sanctionId: '1' },
  ],
})

test('each is what account, ownership and appointment make of them', () => {
  const roles = standing({})
  expect([undefined, other, helper, owner, operator].map((who) => roles.roleOf(who))).toEqual(['visitor', 'viewer', 'moderator', 'host', 'operator'])
})

test('a kick holds for the user anywhere, for the browser whoever uses it, and for strangers from the address', () => {
  const now = standing(kicked())
  expect(now.keptOut({ user: rowdy, ...elsewhere })).toMatchObject({ reason: 'rude' })
  expect(now.keptOut({ user: undefined, ...browser })).not.toBeNull()
  expect(now.keptOut({ user: other, ...browser })).not.toBeNull()
  expect(now.keptOut({ user: undefined, visitorId: 'another', addressHash: browser.addressHash })).not.toBeNull()
  expect(now.keptOut({ user: other, visitorId: 'another', addressHash: browser.addressHash })).toBeNull()
  expect(now.keptOut({ user: undefined, ...elsewhere })).toBeNull()
})

test('the owner, moderators and staff come in from that very browser', () => {
  for (const who of [owner, helper, operator]) expect(standing(kicked()).keptOut({ user: who, ...browser })).toBeNull()
})

test('a kick ends by its time; an address is let go after a week, even under a ban', () => {
  expect(standing(kicked(), NOW + 60_001).keptOut({ user: rowdy, ...browser })).toBeNull()
  const later = standing(kicked(null), NOW + ADDRESS_HOLDS_MS + 1)
  expect(later.keptOut({ user: undefined, visitorId: 'another', addressHash: browser.addressHash })).toBeNull()
  expect(later.keptOut({ user: undefined, ...browser })).not.toBeNull()
})

test('a browser that someone kept out comes with is remembered, once, and not without end', () => {
  const learnt: string[] = []
  const now = standing(kicked(), NOW, (id) => void learnt.push(id))
  now.keptOut({ user: rowdy, ...browser })
  expect(learnt).toEqual([])
  now.keptOut({ user: rowdy, ...elsewhere })
  now.keptOut({ user: rowdy, ...elsewhere })
  expect(learnt).toEqual(['1'])
  const full = { ...kicked(), traces: Array.from({ length: MAX_TRACES }, (_, at) => ({ kind: 'visitor' as const, value: `browser-${at}`, seenAt: new Date(NOW), sanctionId: '1' })) }
  standing(full, NOW, (id) => void learnt.push(id)).keptOut({ user: rowdy, ...elsewhere })
  expect(learnt).toEqual(['1'])
})

test('a mute for the show holds in that show alone, and never for the host', () => {
  const show = 'show-one' as BroadcastId
  const mutes = [rowdy, owner].map(({ id }) => ({ userId: id, broadcastId: show, until: null, reason: 'loud' }))
  const now = standing({ mutes })
  expect(now.mutedOf(rowdy, show)).toEqual({ until: null, reason: 'loud' })
  expect(now.mutedOf(rowdy, 'show-two' as BroadcastId)).toBeNull()
  expect(now.mutedOf(rowdy, null)).toBeNull()
  expect(now.mutedOf(owner, show)).toBeNull()
})

test('a timed mute holds until its time', () => {
  const mutes = [{ userId: rowdy.id, broadcastId: null, until: new Date(NOW + 1000), reason: '' }]
  expect(standing({ mutes }).mutedOf(rowdy, null)).not.toBeNull()
  expect(standing({ mutes }, NOW + 1000).mutedOf(rowdy, null)).toBeNull()
})
