// Why a reader cannot write now, or what they must know before they do.
import type { ChatModes, ChatSelf } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'

/** What closes the composer. */
export type WriteBlock = { readonly reason: 'log-in' } | { readonly reason: 'muted'; /** ISO 8601; null: for good. */ readonly until: string | null } | { readonly reason: 'off' } | { readonly reason: 'kept-out' }

export function writeBlock({ loggedIn, self, modes, keptOut }: { readonly loggedIn: boolean; readonly self: ChatSelf | null; readonly modes: ChatModes; readonly keptOut: boolean }): WriteBlock | null {
  if (keptOut) return { reason: 'kept-out' }
  if (!loggedIn) return { reason: 'log-in' }
  if (self === null) return null
  if (self.mutedUntil !== null) return { reason: 'muted', until: self.mutedUntil === 'forever' ? null : self.mutedUntil }
  if (modes.off && !may(self.role, 'chat:exempt')) return { reason: 'off' }
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
