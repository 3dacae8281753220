// Notifications: what happened that a user should hear of.

export type NotifyFacts = Record<never, never>
