// Turns command messages into checked commands, so that the session never touches unvalidated arguments.
import { z } from 'zod'
import { decodeAmf0 } from './decodeAmf0.ts'
import { MESSAGE } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'

const MAX_NAME = 1024
const MAX_FOUR_CCS = 64

const name = z.string().max(MAX_NAME)
const infoMap = z.record(name, z.number()).refine((map) => Object.keys(map).length <= MAX_FOUR_CCS)
const envelope = z.tuple([z.string().min(1).max(64), z.number()]).rest(z.unknown())

/** The connect command's object (RTMP 1.0, section 7.2.1.1, and enhanced RTMP v2). */
const connectObject = z.looseObject({
  app: name,
  tcUrl: name.optional().catch(undefined),
  fourCcList: z.array(name).max(MAX_FOUR_CCS).optional(),
  videoFourCcInfoMap: infoMap.optional(),
  audioFourCcInfoMap: infoMap.optional(),
  capsEx: z.number().optional(),
})

/** A command as the session acts on it. `transaction` is 0 where the client wants no reply. */
export type RtmpCommand =
  | { readonly name: 'connect'; readonly transaction: number; readonly app: string; readonly tcUrl: string; readonly enhanced: boolean }
  | { readonly name: 'publish'; readonly transaction: number; readonly streamKey: string }
  | {
      readonly name: 'createStream' | 'releaseStream' | 'FCPublish' | 'FCUnpublish' | 'deleteStream' | 'closeStream' | 'play' | 'getStreamLength' | 'other'
      readonly transaction: number
    }

const PLAIN = new Set(['createStream', 'releaseStream', 'FCPublish', 'FCUnpublish', 'deleteStream', 'closeStream', 'play', 'getStreamLength'])

/** Decodes and validates an AMF0 or AMF3 command message. Throws RtmpProtocolError, which names the command's fault but no value. */
export function parseCommand(message: RtmpMessage): RtmpCommand {
  const values = envelope.safeParse(decodeAmf0(commandBody(message)))
  if (!values.success) throw new RtmpProtocolError('a command without name and transaction number')
  const [command, transaction, ...rest] = values.data
  if (command === 'connect') return parseConnect(transaction, rest[0])
  if (command === 'publish') return parsePublish(transaction, rest[1])
  return { name: PLAIN.has(command) ? (command as 'createStream') : 'other', transaction }
}

/** An AMF3 message starts with a format byte, 0 for the AMF0 that every encoder really sends (enhanced RTMP v2, AMF3 clarification). */
function commandBody(message: RtmpMessage): Buffer {
  if (message.type !== MESSAGE.commandAmf3) return message.payload
  return message.payload[0] === 0 ? message.payload.subarray(1) : message.payload
}

function parseConnect(transaction: number, argument: unknown): RtmpCommand {
  const parsed = connectObject.safeParse(argument)
  if (!parsed.success) throw new RtmpProtocolError('a connect command with invalid arguments')
  const { app, tcUrl, fourCcList, videoFourCcInfoMap, audioFourCcInfoMap, capsEx } = parsed.data
  const enhanced = [fourCcList, videoFourCcInfoMap, audioFourCcInfoMap, capsEx].some((property) => property !== undefined)
  return { name: 'connect', transaction, app: withoutQuery(app), tcUrl: tcUrl ?? '', enhanced }
}

function parsePublish(transaction: number, argument: unknown): RtmpCommand {
  const parsed = name.safeParse(argument)
  if (!parsed.success) throw new RtmpProtocolError('a publish command without a stream name')
  return { name: 'publish', transaction, streamKey: withoutQuery(parsed.data) }
}

/** Encoders append parameters to names, and pasted addresses end in a slash or start with one. */
function withoutQuery(value: string): string {
  return (value.split('?', 1)[0] as string).replace(/^\/+|\/+$/g, '').trim()
}
