// The one rule of who may write to whom in private, and where a first message lands.
import { PRIVATE_REQUEST_MESSAGES } from '../contract/privateChat.ts'
import type { PrivateRefusal } from '../contract/privateChat.ts'

export type WriteFacts = {
  /** Either has blocked the other. */
  readonly blocked: boolean
  /** The receiver's account is there and enabled. */
  readonly reachable: boolean
  readonly receiverFollowsSender: boolean
  /** The receiver takes first messages only from people they follow. */
  readonly followedOnly: boolean
  /** What there is between the two. `asked`: messages its starter has written while nobody had accepted. */
  readonly conversation: { readonly accepted: boolean; readonly startedBySender: boolean; readonly asked: number } | null
}

/** `accepts`: with this message the conversation is an accepted one. `left`: how many may follow before the receiver accepts; null: any. */
export type WriteDecision =
  | { readonly may: true; readonly lands: 'inbox'; readonly accepts: boolean; readonly left: null }
  | { readonly may: true; readonly lands: 'requests'; readonly accepts: false; readonly left: number }
  | { readonly may: false; readonly refusal: PrivateRefusal }

export function mayWrite({ blocked, reachable, receiverFollowsSender, followedOnly, conversation }: WriteFacts): WriteDecision {
  if (!reachable) return { may: false, refusal: 'user-not-found' }
  if (blocked) return { may: false, refusal: 'blocked' }
  if (conversation?.accepted) return { may: true, lands: 'inbox', accepts: false, left: null }
  // Whoever answers a request has accepted it; whom one follows is no stranger.
  const answers = conversation !== null && !conversation.startedBySender
  if (answers || receiverFollowsSender) return { may: true, lands: 'inbox', accepts: true, left: null }
  if (followedOnly) return { may: false, refusal: 'messages-refused' }
  const left = PRIVATE_REQUEST_MESSAGES - (conversation?.asked ?? 0)
  return left > 0 ? { may: true, lands: 'requests', accepts: false, left } : { may: false, refusal: 'limit-reached' }
}
