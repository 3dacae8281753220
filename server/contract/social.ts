// Following, friends, blocks and schedules.

export type SocialFacts = Record<never, never>
