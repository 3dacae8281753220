// Private chat (私聊): what two people write to each other.
/** Requests of private chat; the key is the event. */
export const privateChatRequests = {} as const

export type PrivateChatReplies = Record<never, never>
export type PrivateChatFacts = Record<never, never>
