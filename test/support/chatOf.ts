// A visitor's seat in a channel's chat, for tests that only need to say something and see what comes of it.
import { io } from 'socket.io-client'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { Reply } from '../../server/contract/errors.ts'
import type { TestServer } from './startServer.ts'
import type { Visitor } from './Visitor.ts'

export type Said = { readonly id?: string; readonly text?: string; readonly held?: boolean; readonly error?: string }
export type ChatHand = { send(text: string): Promise<Said>; close(): void }

const ANSWER_MS = 5000

/** @throws Error when the chat may not be joined */
export async function chatOf(server: TestServer, visitor: Visitor, channel: string): Promise<ChatHand> {
  const socket = io(server.url, { transports: ['websocket'], extraHeaders: { cookie: visitor.cookie }, forceNew: true })
  await new Promise<void>((settle, fail) => {
    socket.on('connect', settle)
    socket.on('connect_error', fail)
  })
  const ask = <T>(name: string, data: object) => socket.timeout(ANSWER_MS).emitWithAck(name, { channel, ...data }) as Promise<Reply<T>>
  const joined = await ask('chat:join', {})
  if (!joined.ok) throw new Error(`chat:join: ${joined.error.code}`)
  let said = 0
  return {
    send: async (text) => {
      const clientId = `test-${Date.now()}-${(said += 1)}`
      const answer = await ask<{ message: ChatMessage; held: boolean }>('chat:send', { clientId, text })
      return answer.ok ? { id: answer.data.message.id, text: answer.data.message.text, held: answer.data.held } : { error: answer.error.code }
    },
    close: () => void socket.disconnect(),
  }
}
