import { expect, test } from 'vitest'
import { channelRoles } from '../../../../server/contract/people.ts'
import type { ChannelRole } from '../../../../server/contract/people.ts'
import { may, mayMuteGuard, outranks, permissions } from '../../../../server/contract/permissions.ts'
import type { Action } from '../../../../server/contract/permissions.ts'

const Y = true
const n = false
/** The whole table, written out a second time: a change to one of the two must be meant. */
const expected: Record<Action, readonly [visitor: boolean, viewer: boolean, moderator: boolean, host: boolean, operator: boolean, admin: boolean]> = {
  //                          visitor viewer moderator host operator admin
  watch:                      [Y, Y, Y, Y, Y, Y],
  'chat:read':                [Y, Y, Y, Y, Y, Y],
  'chat:send':                [n, Y, Y, Y, Y, Y],
  'chat:exempt':              [n, n, Y, Y, Y, Y],
  'chat:style':               [n, n, Y, Y, Y, Y],
  'chat:delete':              [n, n, Y, Y, Y, Y],
  'chat:pin':                 [n, n, Y, Y, Y, Y],
  'chat:set-modes':           [n, n, Y, Y, Y, Y],
  'chat:review':              [n, n, Y, Y, Y, Y],
  'chat:download':            [n, n, n, Y, Y, Y],
  like:                       [Y, Y, Y, Y, Y, Y],
  follow:                     [n, Y, Y, Y, Y, Y],
  'private-chat:send':        [n, Y, Y, Y, Y, Y],
  report:                     [n, Y, Y, Y, Y, Y],
  mute:                       [n, n, Y, Y, Y, Y],
  'mute:year-guard':          [n, n, n, Y, Y, Y],
  kick:                       [n, n, Y, Y, Y, Y],
  ban:                        [n, n, Y, Y, Y, Y],
  'moderation:read':          [n, n, Y, Y, Y, Y],
  'moderators:set':           [n, n, n, Y, Y, Y],
  'words:set':                [n, n, n, Y, Y, Y],
  'schedule:set':             [n, n, n, Y, n, n],
  'channel:change':           [n, n, n, Y, n, n],
  'channel:publish':          [n, n, n, Y, n, n],
  'channel:stream-key':       [n, n, n, Y, n, n],
  'gift:send':                [n, Y, Y, Y, Y, Y],
  'packet:send':              [n, Y, Y, Y, Y, Y],
  'packet:claim':             [n, Y, Y, Y, Y, Y],
  'guard:buy':                [n, Y, Y, Y, Y, Y],
  'ticket:buy':               [n, Y, Y, Y, Y, Y],
  'ticket:exempt':            [n, n, Y, Y, Y, Y],
  'ticket:set':               [n, n, n, Y, n, n],
  'income:read':              [n, n, n, Y, n, n],
  'gifts:set':                [n, n, n, n, Y, Y],
  'packages:set':             [n, n, n, n, Y, Y],
  'goods:set':                [n, n, n, n, Y, Y],
  'orders:read':              [n, n, n, n, Y, Y],
  'orders:refund':            [n, n, n, n, Y, Y],
  'withdrawals:handle':       [n, n, n, n, Y, Y],
  'ledger:read':              [n, n, n, n, Y, Y],
  'ledger:reconcile':         [n, n, n, n, Y, Y],
  'rates:set':                [n, n, n, n, n, Y],
  'wallet:unlock':            [n, n, n, n, n, Y],
  'reports:handle':           [n, n, n, n, Y, Y],
  'user:disable':             [n, n, n, n, Y, Y],
  'broadcast:stop':           [n, n, n, n, Y, Y],
  'words:set-platform':       [n, n, n, n, Y, Y],
  'audit:read-platform':      [n, n, n, n, Y, Y],
  'roles:set':                [n, n, n, n, n, Y],
  'private-chat:read-others': [n, n, n, n, n, n],
}

test('the table of this test has every action and no other', () => {
  expect(Object.keys(expected).sort()).toEqual(Object.keys(permissions).sort())
})

for (const [action, row] of Object.entries(expected) as Array<[Action, readonly boolean[]]>) {
  test.each(channelRoles.map((role, at) => [role, row[at] === true] as const))(`${action}: %s -> %s`, (role, allowed) => {
    expect(may(role, action)).toBe(allowed)
  })
}

const higher: Record<ChannelRole, readonly ChannelRole[]> = {
  visitor: [],
  viewer: [],
  moderator: ['visitor', 'viewer'],
  host: ['visitor', 'viewer', 'moderator'],
  operator: ['visitor', 'viewer', 'moderator', 'host'],
  admin: ['visitor', 'viewer', 'moderator', 'host', 'operator'],
}
test.each(channelRoles.flatMap((actor) => channelRoles.map((target) => [actor, target, higher[actor].includes(target)] as const)))('%s over %s -> %s', (actor, target, allowed) => {
  expect(outranks(actor, target)).toBe(allowed)
})

test('a year guard is muted by the host and the platform’s staff alone, any other guard by moderators too', () => {
  const muters = (term: 'week' | 'month' | 'year' | null) => channelRoles.filter((role) => mayMuteGuard(role, term))
  expect(muters('year')).toEqual(['host', 'operator', 'admin'])
  for (const term of ['week', 'month', null] as const) expect(muters(term)).toEqual(['moderator', 'host', 'operator', 'admin'])
})
