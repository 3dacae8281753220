// Commands on private messages: send one, take one back. What was answered is in the database.
import type { Knex } from 'knex'
import type { User } from '../accounts/userStore.ts'
import { PRIVATE_MAX_LENGTH, PRIVATE_RECALL_MS } from '../contract/privateChat.ts'
import type { PrivateMessage } from '../contract/privateChat.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import { lockConversation, openConversation, otherOf, readMember, readMembers, recountUnread, updateConversation, updateMember } from './conversationStore.ts'
import type { ConversationRow } from './conversationStore.ts'
import type { Correspondents, Relation } from './Correspondents.ts'
import type { WriteDecision } from './mayWrite.ts'
import { emptyMessages, findMessage, insertMessage, viewMessage } from './messageStore.ts'
import type { MessageRow } from './messageStore.ts'
import type { PrivateImages } from './PrivateImages.ts'
import type { PrivateLimits } from './PrivateLimits.ts'
import type { Teller } from './Teller.ts'

export type Sending = { readonly sender: User; readonly addressHash: string; readonly to: string; readonly clientId: string; readonly text: string; readonly image?: string | undefined }
export type PrivateMessagesDeps = {
  readonly database: Database
  readonly correspondents: Correspondents
  readonly images: PrivateImages
  readonly limits: PrivateLimits
  readonly words: WordFilter
  readonly teller: Teller
}
type Writing = Omit<Sending, 'addressHash' | 'to'> & { readonly relation: Relation }

export class PrivateMessages {
  readonly #deps: PrivateMessagesDeps

  constructor(deps: PrivateMessagesDeps) {
    this.#deps = deps
  }

  /**
   * Stores the message and tells both. The same `clientId` again is answered alike and stored once.
   * @throws AppError user-not-found, blocked, messages-refused, limit-reached, word-refused, bad-image, too-many-requests
   */
  async send({ sender, addressHash, to, ...said }: Sending): Promise<PrivateMessage> {
    const { correspondents, database, limits, teller } = this.#deps
    await limits.spendSend(sender.id, addressHash)
    const { user: receiver, conversation: found } = await correspondents.find(sender, to)
    if (!receiver) throw new AppError('user-not-found')
    const relation = await correspondents.relation(sender.id, receiver)
    const text = await this.#judge(said.text)
    let conversation = found
    if (!conversation) {
      requirePermission(correspondents.decide(sender.id, relation, undefined))
      await limits.spendBeginning(sender.id, addressHash)
      conversation = await openConversation(database, sender.id, receiver.id)
    }
    const { id } = conversation
    const row = await transact(database, async (transaction) => {
      const locked = await lockConversation(transaction, id)
      const repeated = await findMessage(transaction, { conversation_id: id, sender_id: sender.id, client_id: said.clientId })
      return repeated ?? this.#write(transaction, locked, { ...said, text, sender, relation })
    })
    await teller.said(row, [sender.id, receiver.id])
    return viewMessage(row, sender.id)
  }

  /** Takes back one's own message and its picture. @throws AppError message-not-found, too-late */
  async recall(me: User, messageId: string): Promise<void> {
    const { database, images, teller } = this.#deps
    const message = await findMessage(database, { id: messageId })
    if (!message || message.sender_id !== me.id || message.state === 'erased') throw new AppError('message-not-found')
    if (message.state === 'recalled') return
    if (Date.now() - message.at.getTime() > PRIVATE_RECALL_MS) throw new AppError('too-late')
    const { conversation_id: conversationId } = message
    const otherId = await transact(database, async (transaction) => {
      const other = otherOf(await lockConversation(transaction, conversationId), me.id)
      await emptyMessages(transaction, { id: messageId }, 'recalled')
      await images.detach(transaction, [messageId])
      const { read_seq } = await readMember(transaction, conversationId, other)
      await updateMember(transaction, conversationId, other, { unread: await recountUnread(transaction, conversationId, other, read_seq) })
      await updateMember(transaction, conversationId, me.id)
      return other
    })
    await images.sweep()
    await teller.recalled({ ...message, text: '', state: 'recalled', image_id: null }, [me.id, otherId])
  }

  /** Within the conversation's lock. */
  async #write(transaction: Knex.Transaction, conversation: ConversationRow, { sender, relation, clientId, text, image }: Writing): Promise<MessageRow> {
    const { correspondents, images } = this.#deps
    const decision = requirePermission(correspondents.decide(sender.id, relation, conversation))
    const { id: conversationId, last_seq, asked } = conversation
    // An account that was deleted meanwhile is erased here already: nothing new may come behind that.
    if ((await readMembers(transaction, conversationId)).some(({ gone }) => gone)) throw new AppError('user-not-found')
    const [id, seq, at] = [newId(), last_seq + 1, new Date()]
    await insertMessage(transaction, { id, conversation_id: conversationId, seq, sender_id: sender.id, client_id: clientId, text, state: 'said', at })
    if (image !== undefined) await images.attach(transaction, { id: image, ownerId: sender.id, messageId: id })
    await updateConversation(transaction, conversationId, {
      last_seq: seq,
      started_by: conversation.started_by ?? sender.id,
      ...(decision.lands === 'requests' ? { asked: asked + 1 } : { accepted: true }),
    })
    await updateMember(transaction, conversationId, sender.id, { last_at: at, ...(decision.lands === 'inbox' ? { request: false } : {}) })
    await updateMember(transaction, conversationId, otherOf(conversation, sender.id), { last_at: at, request: decision.lands === 'requests', unread: transaction.raw('unread + 1') })
    const stored = await findMessage(transaction, { id })
    if (!stored) throw new Error('a message that was just stored is not there')
    return stored
  }

  /** The platform's words alone: there is no moderator here who could decide later. @throws AppError word-refused */
  async #judge(text: string): Promise<string> {
    if (text === '') return text
    const verdict = await this.#deps.words.judge(text, null)
    if (verdict.action === 'pass') return text
    if (verdict.action === 'replace') return [...verdict.text].slice(0, PRIVATE_MAX_LENGTH).join('')
    throw new AppError('word-refused')
  }
}

function requirePermission(decision: WriteDecision): WriteDecision & { may: true } {
  if (!decision.may) throw new AppError(decision.refusal)
  return decision
}

