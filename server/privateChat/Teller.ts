// Tells the two of a conversation what happened, each as they see it, on all their pages and all servers.
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { userRoom } from '../realtime/createSocketServer.ts'
import { viewConversation } from './conversationViews.ts'
import { viewMessage } from './messageStore.ts'
import type { MessageRow } from './messageStore.ts'

export class Teller {
  readonly #database: Database
  readonly #sockets: FootlightServer
  readonly #log: Logger

  constructor({ database, sockets, log }: { database: Database; sockets: FootlightServer; log: Logger }) {
    this.#database = database
    this.#sockets = sockets
    this.#log = log
  }

  said(row: MessageRow, userIds: readonly UserId[]): Promise<void> {
    return this.#tellMessage('private:said', row, userIds)
  }

  recalled(row: MessageRow, userIds: readonly UserId[]): Promise<void> {
    return this.#tellMessage('private:recalled', row, userIds)
  }

  changed(conversationId: string, userIds: readonly UserId[]): Promise<void> {
    return this.#each(userIds, async (userId) => {
      const conversation = await viewConversation(this.#database, userId, conversationId)
      this.#sockets.to(userRoom(userId)).emit('private:changed', { conversation })
    })
  }

  /** @param key the conversation's, as the one who is told knows it */
  typed(userId: UserId, key: string): void {
    this.#sockets.to(userRoom(userId)).emit('private:typed', { key })
  }

  #tellMessage(event: 'private:said' | 'private:recalled', row: MessageRow, userIds: readonly UserId[]): Promise<void> {
    return this.#each(userIds, async (userId) => {
      const conversation = await viewConversation(this.#database, userId, row.conversation_id)
      this.#sockets.to(userRoom(userId)).emit(event, { conversation, message: viewMessage(row, userId) })
    })
  }

  /** What is told has happened already: a failure here must not make it look undone. Pages find out when they ask. */
  async #each(userIds: readonly UserId[], tell: (userId: UserId) => Promise<void>): Promise<void> {
    for (const result of await Promise.allSettled(userIds.map(tell))) if (result.status === 'rejected') this.#log.warn({ err: result.reason as unknown }, 'a private chat page was not told')
  }
}
