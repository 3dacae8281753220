// Socket requests of gifts.
import type { Logger } from '../core/logger.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import { sendGift } from './sendGift.ts'
import type { SendGiftDeps } from './sendGift.ts'

export function giftSockets(socket: FootlightSocket, { log, ...deps }: SendGiftDeps & { readonly log: Logger }): void {
  answer(socket, log, 'gift:send', (request) => sendGift(deps, socket.data, request))
}
