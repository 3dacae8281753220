// Whether a room's modes let a message through: one rule a mode, in the order in which a person should hear of them.
import type { ChatModes } from '../contract/chat.ts'
import type { ErrorCode } from '../contract/errors.ts'
import { hasLink } from './hasLink.ts'
import { isEmoteOnly } from './isEmoteOnly.ts'

export type ModeQuestion = {
  readonly modes: ChatModes
  readonly text: string
  /** Since when the author follows the host; null: not at all. */
  readonly followsSince: Date | null
  readonly isGuard: boolean
  readonly now: number
}
/** `retryAfter` in seconds, where waiting helps. */
export type ModeRefusal = { readonly code: ErrorCode; readonly message: string; readonly retryAfter?: number }

const MINUTE_MS = 60_000

/** Null: the message may be said. Slow mode and uniqueness need memory and are asked elsewhere (Pace). */
export function refusalByModes({ modes, text, followsSince, isGuard, now }: ModeQuestion): ModeRefusal | null {
  if (modes.off) return { code: 'chat-off', message: 'The chat is switched off' }
  if (modes.guardsOnly && !isGuard) return { code: 'guards-only', message: 'Only guards may write now' }
  if (modes.followersMinutes !== null && !isGuard) {
    if (!followsSince) return { code: 'followers-only', message: 'Only followers may write now' }
    const leftMs = followsSince.getTime() + modes.followersMinutes * MINUTE_MS - now
    if (leftMs > 0) return { code: 'followers-only', message: `Only those who have followed for ${modes.followersMinutes} minutes may write now`, retryAfter: Math.ceil(leftMs / 1000) }
  }
  if (modes.emoteOnly && !isEmoteOnly(text)) return { code: 'emote-only', message: 'Only emoji may be written now' }
  if (modes.noLinks && hasLink(text)) return { code: 'links-refused', message: 'Links are not allowed here' }
  return null
}
