// Why a reader cannot write now, or what they must know before they do.
import type { ChatModes, ChatSelf } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'
import type { ChatSnapshot } from './ChatSource.ts'

const MINUTE_MS = 60_000

/** What closes the composer. */
export type WriteBlock =
  | { readonly reason: 'log-in' | 'off' | 'kept-out' | 'guards' | 'followers' }
  | { readonly reason: 'muted'; /** ISO 8601; null: for good. */ readonly until: string | null; /** What the moderator wrote; may be empty. */ readonly why: string }
  /** Follows, but not for long enough: seconds left. */
  | { readonly reason: 'followed-lately'; readonly seconds: number; readonly minutes: number }

type Known = {
  readonly loggedIn: boolean
  readonly self: ChatSelf | null
  readonly modes: ChatModes
  readonly keptOut: boolean
  /** Seconds left of what has an end (`writeMoments`). */
  readonly left: { readonly muted: number; readonly followed: number }
}

/** From when a mute is over and from when one has followed for long enough, by this page's clock (epoch ms); 0: nothing to wait for. */
export function writeMoments({ self, modes, serverAhead }: Pick<ChatSnapshot, 'self' | 'modes' | 'serverAhead'>): { readonly muted: number; readonly followed: number } {
  const timed = self !== null && self.mutedUntil !== null && self.mutedUntil !== 'forever' ? self.mutedUntil : null
  const since = modes.followersMinutes === null ? null : (self?.followsSince ?? null)
  return {
    muted: timed === null ? 0 : Date.parse(timed) - serverAhead,
    followed: since === null ? 0 : Date.parse(since) + (modes.followersMinutes ?? 0) * MINUTE_MS - serverAhead,
  }
}

export function writeBlock({ loggedIn, self, modes, keptOut, left }: Known): WriteBlock | null {
  if (keptOut) return { reason: 'kept-out' }
  if (!loggedIn) return { reason: 'log-in' }
  if (self === null) return null
  const forGood = self.mutedUntil === 'forever'
  if (self.mutedUntil !== null && (forGood || left.muted > 0)) return { reason: 'muted', until: forGood ? null : self.mutedUntil, why: self.mutedReason ?? '' }
  if (may(self.role, 'chat:exempt')) return null
  if (modes.off) return { reason: 'off' }
  if (modes.guardsOnly && self.guard === null) return { reason: 'guards' }
  if (modes.followersMinutes === null || self.guard !== null) return null
  if (self.followsSince === null) return { reason: 'followers' }
  if (left.followed > 0) return { reason: 'followed-lately', seconds: left.followed, minutes: modes.followersMinutes }
  return null
}

/** Modes in force, in the order people are told of them. */
export type Rule = 'slow' | 'followers' | 'guards' | 'emote' | 'noLinks' | 'unique' | 'off'

export function rulesOf(modes: ChatModes): Rule[] {
  const rules: [Rule, boolean][] = [
    ['off', modes.off],
    ['followers', modes.followersMinutes !== null],
    ['guards', modes.guardsOnly],
    ['emote', modes.emoteOnly],
    ['slow', modes.slowSeconds > 0],
    ['noLinks', modes.noLinks],
    ['unique', modes.uniqueOnly],
  ]
  return rules.filter(([, on]) => on).map(([rule]) => rule)
}
