// Commands on conversations: see one, say that it was read, accept or decline a request, delete for oneself.
import type { User } from '../accounts/userStore.ts'
import { viewPerson } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import { PRIVATE_PAGE } from '../contract/privateChat.ts'
import type { MessagePage, PrivateHit, PrivateSearch, ThreadView } from '../contract/privateChat.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { lockConversation, otherOf, readMember, readMembers, recountUnread, updateConversation, updateMember } from './conversationStore.ts'
import { findConversationsByName, viewConversation, viewConversations } from './conversationViews.ts'
import type { Correspondents } from './Correspondents.ts'
import { purgeMessages, readMessages, searchMessages, viewMessage } from './messageStore.ts'
import type { PrivateImages } from './PrivateImages.ts'
import type { PrivatePreferences } from './PrivatePreferences.ts'
import type { Teller } from './Teller.ts'

const HITS = 20

export type ConversationsDeps = {
  readonly database: Database
  readonly correspondents: Correspondents
  readonly images: PrivateImages
  readonly preferences: PrivatePreferences
  readonly teller: Teller
}

export class Conversations {
  readonly #deps: ConversationsDeps

  constructor(deps: ConversationsDeps) {
    this.#deps = deps
  }

  /** The newest messages with someone, and whether one may write. @throws AppError user-not-found, conversation-not-found */
  async thread(me: User, key: string): Promise<ThreadView> {
    const { database, correspondents } = this.#deps
    const { user, conversation } = await correspondents.find(me, key)
    const view = conversation ? await viewConversation(database, me.id, conversation.id) : null
    const page = view ? await this.#page(me, view.id, { hiddenSeq: view.hiddenSeq, limit: PRIVATE_PAGE }) : { messages: [], more: false }
    const gone = view !== null && view.person === null
    const decision = correspondents.decide(me.id, await correspondents.relation(me.id, gone ? undefined : user), conversation)
    return {
      person: view ? view.person : user ? viewPerson(user) : null,
      conversation: view,
      ...page,
      refusal: decision.may ? null : decision.refusal,
      lands: decision.may ? decision.lands : 'inbox',
      left: decision.may ? decision.left : null,
      blockedByMe: user !== undefined && (await correspondents.hasBlocked(me.id, user.id)),
    }
  }

  /** Older or newer messages than a seq. @throws AppError user-not-found, conversation-not-found */
  async messages(me: User, key: string, range: { before?: number | undefined; after?: number | undefined; limit: number }): Promise<MessagePage> {
    const { database, correspondents } = this.#deps
    const { id } = await correspondents.conversationWith(me, key)
    const { hidden_seq: hiddenSeq } = await readMember(database, id, me.id)
    return this.#page(me, id, { hiddenSeq, limit: range.limit, ...(range.before === undefined ? {} : { before: range.before }), ...(range.after === undefined ? {} : { after: range.after }) })
  }

  async search(me: User, words: string): Promise<PrivateSearch> {
    const { database } = this.#deps
    const [conversations, rows] = await Promise.all([findConversationsByName(database, me.id, words, HITS), searchMessages(database, me.id, { words, limit: HITS })])
    const views = await viewConversations(database, me.id, [...new Set(rows.map((row) => row.conversation_id))])
    const messages = rows.flatMap((row): PrivateHit[] => {
      const conversation = views.find(({ id }) => id === row.conversation_id)
      return conversation ? [{ conversation, message: viewMessage(row, me.id) }] : []
    })
    return { conversations, messages }
  }

  /** Everything up to `seq` was read; the other is told unless it is a request or this user keeps it to themselves. */
  async read(me: User, key: string, seq: number): Promise<void> {
    const { database, correspondents, preferences, teller } = this.#deps
    const { id } = await correspondents.conversationWith(me, key)
    const { readReceipts } = await preferences.of(me.id)
    const told = await transact(database, async (transaction): Promise<UserId[]> => {
      const conversation = await lockConversation(transaction, id)
      const member = await readMember(transaction, id, me.id)
      const readSeq = Math.max(member.read_seq, Math.min(seq, conversation.last_seq))
      const seenSeq = readReceipts && !member.request ? Math.max(member.seen_seq, readSeq) : member.seen_seq
      if (readSeq === member.read_seq && seenSeq === member.seen_seq) return []
      await updateMember(transaction, id, me.id, { read_seq: readSeq, seen_seq: seenSeq, unread: await recountUnread(transaction, id, me.id, readSeq) })
      if (seenSeq === member.seen_seq) return [me.id]
      const other = otherOf(conversation, me.id)
      await updateMember(transaction, id, other)
      return [me.id, other]
    })
    await teller.changed(id, told)
  }

  /** A request becomes a conversation like any other; nothing happens where there is none. */
  async accept(me: User, key: string): Promise<void> {
    const { database, correspondents, teller } = this.#deps
    const { id } = await correspondents.conversationWith(me, key)
    const told = await transact(database, async (transaction): Promise<UserId[]> => {
      const conversation = await lockConversation(transaction, id)
      if (conversation.accepted || conversation.started_by === me.id) return []
      await updateConversation(transaction, id, { accepted: true })
      await updateMember(transaction, id, null, { request: false })
      return [conversation.one_id, conversation.two_id]
    })
    await teller.changed(id, told)
  }

  /**
   * Deletes the conversation for oneself, which is also how a request is declined: the other is not told, and may
   * not begin to count anew. What both have deleted is gone for good.
   */
  async delete(me: User, key: string): Promise<void> {
    const { database, correspondents, images, teller } = this.#deps
    const { id } = await correspondents.conversationWith(me, key)
    const purged = await transact(database, async (transaction) => {
      const { last_seq } = await lockConversation(transaction, id)
      await updateMember(transaction, id, me.id, { hidden_seq: last_seq, read_seq: last_seq, unread: 0 })
      const through = Math.min(...(await readMembers(transaction, id)).map(({ hidden_seq }) => hidden_seq))
      if (through === 0) return false
      await images.detach(transaction, transaction('private_messages').where({ conversation_id: id }).where('seq', '<=', through).select('id'))
      await purgeMessages(transaction, id, through)
      return true
    })
    if (purged) await images.sweep()
    await teller.changed(id, [me.id])
  }

  /** Says that one is writing, where the other has agreed to hear from one. Silent otherwise. */
  async typing(me: User, to: string): Promise<void> {
    const { correspondents, teller } = this.#deps
    const { user, conversation } = await correspondents.find(me, to)
    if (!user || !conversation?.accepted) return
    const decision = correspondents.decide(me.id, await correspondents.relation(me.id, user), conversation)
    if (decision.may) teller.typed(user.id, me.name)
  }

  async #page(me: User, id: string, range: Parameters<typeof readMessages>[2]): Promise<MessagePage> {
    const { rows, more } = await readMessages(this.#deps.database, id, range)
    return { messages: rows.map((row) => viewMessage(row, me.id)), more }
  }
}
