// Socket requests of gifts and red packets.
import type { Logger } from '../core/logger.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Packets } from './packets/Packets.ts'
import { sendGift } from './sendGift.ts'
import type { SendGiftDeps } from './sendGift.ts'

export function giftSockets(socket: FootlightSocket, { log, packets, ...deps }: SendGiftDeps & { readonly packets: Packets; readonly log: Logger }): void {
  answer(socket, log, 'gift:send', (request) => sendGift(deps, socket.data, request))
  answer(socket, log, 'packet:send', (request) => packets.send(socket.data, request))
  answer(socket, log, 'packet:claim', ({ packet }) => packets.claim(socket.data, packet))
  answer(socket, log, 'packet:list', ({ channel }) => packets.list(socket.data, channel))
}
