// Who may do what in a channel: the one table of role × action, read by the server before it acts and by pages before they offer.
import type { GuardTerm } from './guard.ts'
import type { ChannelRole } from './people.ts'

const nobody = [] as const satisfies readonly ChannelRole[]
const everyone = ['visitor', 'viewer', 'moderator', 'host', 'operator', 'admin'] as const
const loggedIn = ['viewer', 'moderator', 'host', 'operator', 'admin'] as const
const keepers = ['moderator', 'host', 'operator', 'admin'] as const
const owners = ['host', 'operator', 'admin'] as const
const staff = ['operator', 'admin'] as const

export const permissions = {
  watch: everyone,
  'chat:read': everyone,
  'chat:send': loggedIn,
  /** Modes (slow, followers only, …) do not bind these. */
  'chat:exempt': keepers,
  /** Colour and position of danmaku. */
  'chat:style': keepers,
  'chat:delete': keepers,
  'chat:pin': keepers,
  'chat:set-modes': keepers,
  'chat:review': keepers,
  'chat:download': owners,
  like: everyone,
  follow: loggedIn,
  'private-chat:send': loggedIn,
  report: loggedIn,
  mute: keepers,
  /** What year guards pay for: nobody but these may mute them, or let them speak again. */
  'mute:year-guard': owners,
  kick: keepers,
  ban: keepers,
  'moderation:read': keepers,
  'moderators:set': owners,
  'words:set': owners,
  'schedule:set': ['host'],
  'channel:change': ['host'],
  'channel:publish': ['host'],
  'channel:stream-key': ['host'],
  'gift:send': loggedIn,
  'packet:send': loggedIn,
  'packet:claim': loggedIn,
  'guard:buy': loggedIn,
  'ticket:buy': loggedIn,
  /** Watch a show that asks for a ticket without one. */
  'ticket:exempt': ['moderator', 'host', 'operator', 'admin'],
  'ticket:set': ['host'],
  'income:read': ['host'],
  'gifts:set': staff,
  'packages:set': staff,
  'goods:set': staff,
  'orders:read': staff,
  'orders:refund': staff,
  'withdrawals:handle': staff,
  'ledger:read': staff,
  'ledger:reconcile': staff,
  'rates:set': ['admin'],
  'wallet:unlock': ['admin'],
  'reports:handle': staff,
  /** Take a user's account away, or end a broadcast that is not one's own. */
  'user:disable': staff,
  'broadcast:stop': staff,
  'words:set-platform': staff,
  'audit:read-platform': staff,
  'roles:set': ['admin'],
  /** No role reads what two people wrote to each other. */
  'private-chat:read-others': nobody,
} as const satisfies Record<string, readonly ChannelRole[]>

export type Action = keyof typeof permissions

export const may = (role: ChannelRole, action: Action): boolean => (permissions[action] as readonly ChannelRole[]).includes(role)

const rank: Record<ChannelRole, number> = { visitor: 0, viewer: 0, moderator: 1, host: 2, operator: 3, admin: 4 }

/** Whether one may use a tool (mute, kick, ban, delete) on the other: never on an equal or a higher one. */
export const outranks = (actor: ChannelRole, target: ChannelRole): boolean => rank[actor] > rank[target]

/** Whether one may mute and unmute somebody who guards the host for that term, rank aside. */
export const mayMuteGuard = (actor: ChannelRole, term: GuardTerm | null): boolean => may(actor, term === 'year' ? 'mute:year-guard' : 'mute')
