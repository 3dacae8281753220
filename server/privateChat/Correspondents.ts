// Finds who is meant, and everything the rule of writing asks about two people.
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'
import { findConversation, findOwnConversation, otherOf } from './conversationStore.ts'
import type { ConversationRow } from './conversationStore.ts'
import { mayWrite } from './mayWrite.ts'
import type { WriteDecision, WriteFacts } from './mayWrite.ts'
import type { PrivatePreferences } from './PrivatePreferences.ts'

/** The other one: `user` is undefined where the account is gone. */
export type Correspondent = { readonly user: User | undefined; readonly conversation: ConversationRow | undefined }
/** What the rule asks beside the conversation, which is read anew under its lock. */
export type Relation = Omit<WriteFacts, 'conversation'>
export type CorrespondentDeps = { readonly database: Database; readonly blocks: Blocks; readonly follows: Follows; readonly preferences: PrivatePreferences }

export class Correspondents {
  readonly #deps: CorrespondentDeps

  constructor(deps: CorrespondentDeps) {
    this.#deps = deps
  }

  /** Whom a key names. @throws AppError user-not-found, conversation-not-found, bad-request (oneself) */
  async find(me: User, key: string): Promise<Correspondent> {
    const { database } = this.#deps
    if (key.startsWith('~')) {
      const conversation = await findOwnConversation(database, key.slice(1), me.id)
      if (!conversation) throw new AppError('conversation-not-found')
      return { user: await findUser(database, { id: otherOf(conversation, me.id) }), conversation }
    }
    const user = await findUser(database, { name: key })
    if (!user) throw new AppError('user-not-found')
    if (user.id === me.id) throw new AppError('bad-request', { message: 'Nobody writes to themselves' })
    const conversation = await findConversation(database, me.id, user.id)
    // Whoever was never written to is not there once the account is disabled, whatever the reason.
    if (user.disabled && !conversation) throw new AppError('user-not-found')
    return { user, conversation }
  }

  /** Whom a key names, where there is a conversation. @throws AppError as `find`, conversation-not-found */
  async conversationWith(me: User, key: string): Promise<ConversationRow> {
    const { conversation } = await this.find(me, key)
    if (!conversation) throw new AppError('conversation-not-found')
    return conversation
  }

  async relation(senderId: UserId, receiver: User | undefined): Promise<Relation> {
    const { blocks, follows, preferences } = this.#deps
    if (!receiver) return { reachable: false, blocked: false, receiverFollowsSender: false, followedOnly: false }
    const [blocked, since, { followedOnly }] = await Promise.all([blocks.between(senderId, receiver.id), follows.since(receiver.id, senderId), preferences.of(receiver.id)])
    return { reachable: !receiver.disabled, blocked, receiverFollowsSender: since !== null, followedOnly }
  }

  async hasBlocked(blockerId: UserId, blockedId: UserId): Promise<boolean> {
    return this.#deps.blocks.has(blockerId, blockedId)
  }

  /** The rule's word on one sender, relation and state of the conversation. */
  decide(senderId: UserId, relation: Relation, conversation: ConversationRow | undefined): WriteDecision {
    return mayWrite({
      ...relation,
      conversation: conversation?.started_by ? { accepted: Boolean(conversation.accepted), startedBySender: conversation.started_by === senderId, asked: conversation.asked } : null,
    })
  }
}
