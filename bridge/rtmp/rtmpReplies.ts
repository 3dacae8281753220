// The messages a server says: protocol control, command results and statuses, each as the message to write.
import type { Amf0Object, Amf0Value } from './Amf0Value.ts'
import { encodeAmf0 } from './encodeAmf0.ts'
import { CHUNK_STREAM, MESSAGE, USER_CONTROL } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'

const DYNAMIC_LIMIT = 2
const CAN_DECODE = 1
const CAN_FORWARD = 4
/** We parse ModEx, and promise neither multitrack nor reconnect requests. */
const CAPS_EX_MOD_EX = 4
const VIDEO_FOUR_CCS = ['avc1', 'hvc1', 'av01', 'vp09']
const AUDIO_FOUR_CCS = ['mp4a', 'Opus', '.mp3', 'ac-3', 'ec-3', 'fLaC']

/** How a status is said: `error` is what makes an encoder show its description to a person. */
export type RtmpStatus = { readonly level: 'status' | 'error'; readonly code: string; readonly description: string }

/** A protocol control message with one 32-bit number (RTMP 1.0, section 5.4). */
export function controlMessage(type: number, value: number): RtmpMessage {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(value >>> 0)
  return control(type, payload)
}

/** Set Peer Bandwidth, dynamic (section 5.4.5). */
export function setPeerBandwidth(bytes: number): RtmpMessage {
  const payload = Buffer.alloc(5)
  payload.writeUInt32BE(bytes)
  payload.writeUInt8(DYNAMIC_LIMIT, 4)
  return control(MESSAGE.setPeerBandwidth, payload)
}

/** Stream Begin (section 7.1.7). */
export function streamBegin(streamId: number): RtmpMessage {
  const payload = Buffer.alloc(6)
  payload.writeUInt16BE(USER_CONTROL.streamBegin)
  payload.writeUInt32BE(streamId, 2)
  return control(MESSAGE.userControl, payload)
}

/** The answer to a Ping Request; `stamp` is the request's four bytes. */
export function pingResponse(stamp: Buffer): RtmpMessage {
  const event = Buffer.alloc(2)
  event.writeUInt16BE(USER_CONTROL.pingResponse)
  return control(MESSAGE.userControl, Buffer.concat([event, stamp]))
}

/** `_result` of connect; tells what enhanced RTMP we take if the client asked (enhanced RTMP v2, "Enhancing NetConnection connect Command"). */
export function connectResult(transaction: number, enhanced: boolean): RtmpMessage {
  const capabilities = enhanced ? { fourCcList: [...VIDEO_FOUR_CCS], ...fourCcMaps(), capsEx: CAPS_EX_MOD_EX } : {}
  const properties = { fmsVer: 'FMS/3,0,1,123', capabilities: 31, ...capabilities }
  const information = { level: 'status', code: 'NetConnection.Connect.Success', description: 'Connection succeeded.', objectEncoding: 0, ...capabilities }
  return command(0, '_result', transaction, properties, information)
}

function fourCcMaps(): Amf0Object {
  const video = Object.fromEntries(VIDEO_FOUR_CCS.map((fourCc) => [fourCc, CAN_DECODE | CAN_FORWARD]))
  const audio = Object.fromEntries(AUDIO_FOUR_CCS.map((fourCc) => [fourCc, CAN_DECODE | CAN_FORWARD]))
  return { videoFourCcInfoMap: video, audioFourCcInfoMap: audio }
}

/** `_result` of any other command. */
export function commandResult(transaction: number, value: Amf0Value): RtmpMessage {
  return command(0, '_result', transaction, null, value)
}

/** `_error` of a command. */
export function commandError(transaction: number, status: RtmpStatus): RtmpMessage {
  return command(0, '_error', transaction, null, { ...status })
}

/** `onStatus` on a message stream (section 7.2.2). */
export function onStatus(streamId: number, status: RtmpStatus): RtmpMessage {
  return { ...command(streamId, 'onStatus', 0, null, { ...status }), chunkStreamId: CHUNK_STREAM.status }
}

function command(streamId: number, ...values: Amf0Value[]): RtmpMessage {
  return { type: MESSAGE.commandAmf0, timestamp: 0, streamId, chunkStreamId: CHUNK_STREAM.command, payload: encodeAmf0(...values) }
}

function control(type: number, payload: Buffer): RtmpMessage {
  return { type, timestamp: 0, streamId: 0, chunkStreamId: CHUNK_STREAM.control, payload }
}
