// The reader's own messages on their way: pending, failed with another try, or held for a moderator.
import type { ChatMessage, DanmakuStyle } from '../../server/contract/chat.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import type { SendingMessage } from './ChatRow.ts'

/** Own client ids remembered, to know one's own messages when they come back. */
const REMEMBERED = 200

export type Draft = { readonly text: string; readonly replyTo: ChatMessage | null; readonly style: DanmakuStyle | null }

/** Not `randomUUID`, which browsers keep from pages without https. */
const newClientId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export class Outbox {
  #messages: readonly SendingMessage[] = []
  readonly #own = new Set<string>()

  get messages(): readonly SendingMessage[] {
    return this.#messages
  }

  add({ text, replyTo, style }: Draft): SendingMessage {
    const message: SendingMessage = { clientId: newClientId(), text, replyTo, style, state: 'pending', failure: null }
    this.#own.add(message.clientId)
    if (this.#own.size > REMEMBERED) for (const oldest of this.#own) {
      this.#own.delete(oldest)
      break
    }
    this.#messages = [...this.#messages, message]
    return message
  }

  /** Another try of a failed one, under the same client id. @returns null when there is nothing to try. */
  retry(clientId: string): SendingMessage | null {
    const failed = this.#messages.find((message) => message.clientId === clientId && message.state === 'failed')
    if (failed === undefined) return null
    return this.#change(clientId, { state: 'pending', failure: null })
  }

  fail(clientId: string, thrown: unknown): void {
    this.#change(clientId, { state: 'failed', failure: RequestFailed.from(thrown).code })
  }

  hold(clientId: string): void {
    this.#change(clientId, { state: 'held', failure: null })
  }

  /** Shown, or given up. */
  take(clientId: string): void {
    if (this.#messages.some((message) => message.clientId === clientId)) this.#messages = this.#messages.filter((message) => message.clientId !== clientId)
  }

  isOwn(clientId: string | null): boolean {
    return clientId !== null && this.#own.has(clientId)
  }

  #change(clientId: string, change: Partial<SendingMessage>): SendingMessage | null {
    let changed: SendingMessage | null = null
    this.#messages = this.#messages.map((message) => (message.clientId === clientId ? (changed = { ...message, ...change }) : message))
    return changed
  }
}
