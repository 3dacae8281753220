// Keeping order: moderators, mutes, kicks, bans, words and the record of what was done. (Reports: see reports.ts.)
import { z } from 'zod'
import { nameSchema } from './ids.ts'
import type { ChannelRole, PersonView } from './people.ts'

export type ModerationFacts = {
  /** To one visitor: they are kept out of a channel from now on. `until`: ISO 8601, null for good. Their media has ended. */
  'kept-out': (fact: { channel: string; until: string | null; reason: string }) => void
}

/** Moderators a channel may have. */
export const MAX_MODERATORS = 20
/** How long a kick lasts when nobody says otherwise. */
export const KICK_SECONDS = 600
const YEAR_SECONDS = 365 * 86_400

export const reasonSchema = z.string().trim().max(200, 'must have at most 200 characters').default('')
const seconds = z.number().int().min(10).max(YEAR_SECONDS)
const target = { user: nameSchema, reason: reasonSchema }

/** `POST /api/channels/:name/moderation/mute` -> SanctionView. `for`: seconds, `show` (while the running broadcast lasts), or `ever`. 404 channel-offline: there is no show to mute for. */
export const muteSchema = z.object({ ...target, for: z.union([seconds, z.enum(['show', 'ever'])]) })
/** `POST …/kick` -> SanctionView: out at once, and not back before the time is over. */
export const kickSchema = z.object({ ...target, seconds: seconds.default(KICK_SECONDS) })
/** `POST …/ban` -> SanctionView: out for good. */
export const banSchema = z.object(target)
/** `POST …/unmute` and `POST …/lift` (a kick or ban) -> 204; 404 not-found when nothing holds. */
export const endSanctionSchema = z.object(target)
/** `PUT` and `DELETE …/moderators/:user` -> 204. */
export const moderatorChangeSchema = z.object({ reason: reasonSchema })

export const sanctionKinds = ['mute', 'kick', 'ban'] as const
export type SanctionKind = (typeof sanctionKinds)[number]

export type SanctionView = {
  readonly id: string
  readonly kind: SanctionKind
  /** Null: the account is gone. */
  readonly user: PersonView | null
  /** Null: the word filter, or an account that is gone. */
  readonly by: PersonView | null
  readonly reason: string
  /** ISO 8601; null: for good, or with `show`: while the broadcast runs. */
  readonly until: string | null
  readonly show: boolean
  readonly at: string
}

const before = z.string().regex(/^\d{1,19}$/, 'is not a place in the list').optional()
const limit = z.coerce.number().int().min(1).max(100).default(30)

/** `GET …/sanctions?before=ID` -> SanctionPage: what holds now, newest first; ask on with `before` = `next`. */
export const sanctionListSchema = z.object({ before, limit })
export type SanctionPage = { readonly sanctions: readonly SanctionView[]; readonly next: string | null }

/** `GET …/moderators` -> ModeratorView[]. */
export type ModeratorView = { readonly person: PersonView; readonly by: PersonView | null; readonly at: string }

/** `GET /api/channels/:name/people/:user` -> ChannelPersonView. `sanctions` is empty for those who may not read them. */
export type ChannelPersonView = {
  readonly person: PersonView
  readonly role: ChannelRole
  /** What the one who asks is here, and whether they outrank that person. */
  readonly self: { readonly role: ChannelRole; readonly outranks: boolean }
  readonly sanctions: readonly SanctionView[]
}

/** `GET …/audit?before=&action=&user=` (the channel's) and `GET /api/moderation/audit` (the platform's, with `channel`) -> AuditPage, newest first. */
export const auditQuerySchema = z.object({ before, limit, action: z.string().regex(/^[a-z:-]{1,32}$/).optional(), user: nameSchema.optional(), channel: nameSchema.optional() })
export type AuditView = {
  readonly id: string
  readonly at: string
  /** Such as `mute`, `unmute`, `kick`, `ban`, `lift`, `moderator:add`, `moderator:remove`, `words:set`, `chat:delete`, `report:close`. */
  readonly action: string
  /** Null: the word filter, or an account that is gone. */
  readonly actor: PersonView | null
  readonly target: PersonView | null
  /** The channel's name; null: the platform. */
  readonly channel: string | null
  readonly reason: string
  readonly detail: Readonly<Record<string, unknown>>
}
export type AuditPage = { readonly entries: readonly AuditView[]; readonly next: string | null }

export const PLATFORM_WORDS = 10_000
export const CHANNEL_WORDS = 1_000
/** Characters of one entry. */
export const WORD_LENGTH = 40
export const wordActions = ['replace', 'hold', 'refuse', 'mute'] as const
export type WordAction = (typeof wordActions)[number]

/** One entry of a lexicon; a `*` in `word` stands for up to eight letters of the same word. */
export type WordEntry = { readonly word: string; readonly kind: 'exact' | 'pattern'; readonly action: WordAction; readonly muteSeconds: number }

/**
 * `GET …/words` (a channel's) and `GET /api/moderation/words` (the platform's) -> LexiconView; the same with `.txt`: the list to keep.
 * `PUT …/words` takes the whole list as text/plain -> LexiconView; 400 bad-request names each wrong line as `line N`.
 * One entry a line: `word`, `word | refuse`, `word | mute 600`; `#` begins a remark.
 */
export type LexiconView = { readonly entries: readonly WordEntry[]; readonly text: string; readonly limit: number }
