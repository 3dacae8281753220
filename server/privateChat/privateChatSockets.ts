// Socket requests of private chat.
import type { Accounts } from '../accounts/Accounts.ts'
import type { User } from '../accounts/userStore.ts'
import { PRIVATE_TYPING_MS } from '../contract/privateChat.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Conversations } from './Conversations.ts'
import type { PrivateMessages } from './PrivateMessages.ts'

export type PrivateChatSocketDeps = { readonly accounts: Accounts; readonly messages: PrivateMessages; readonly conversations: Conversations; readonly log: Logger }

/** Clocks of browsers and servers tick apart: what comes a little early is let through. */
const TYPING_MS = PRIVATE_TYPING_MS * 0.8

export function privateChatSockets(socket: FootlightSocket, { accounts, messages, conversations, log }: PrivateChatSocketDeps): void {
  const requireUser = async (): Promise<User> => {
    const user = await accounts.userOf(socket.data.token)
    if (!user) throw new AppError('not-logged-in', { message: 'Log in first' })
    return user
  }
  let typedAt = -Infinity

  answer(socket, log, 'private:send', async (sending) => ({
    message: await messages.send({ ...sending, sender: await requireUser(), addressHash: socket.data.visitor.addressHash }),
  }))
  answer(socket, log, 'private:recall', async ({ id }) => {
    await messages.recall(await requireUser(), id)
    return {}
  })
  answer(socket, log, 'private:read', async ({ key, seq }) => {
    await conversations.read(await requireUser(), key, seq)
    return {}
  })
  answer(socket, log, 'private:typing', async ({ to }) => {
    const now = performance.now()
    if (now - typedAt < TYPING_MS) return {}
    typedAt = now
    await conversations.typing(await requireUser(), to)
    return {}
  })
  answer(socket, log, 'private:accept', async ({ key }) => {
    await conversations.accept(await requireUser(), key)
    return {}
  })
  answer(socket, log, 'private:decline', async ({ key }) => {
    await conversations.delete(await requireUser(), key)
    return {}
  })
  answer(socket, log, 'private:delete', async ({ key }) => {
    await conversations.delete(await requireUser(), key)
    return {}
  })
}
