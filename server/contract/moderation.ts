// Keeping order: moderators, mutes, kicks, bans, words, reports and the record of what was done.

export type ModerationFacts = {
  /** To one visitor: they are kept out of a channel from now on. `until`: ISO 8601, null for good. Their media has ended. */
  'kept-out': (fact: { channel: string; until: string | null; reason: string }) => void
}
