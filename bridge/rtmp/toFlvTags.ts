// Turns RTMP media and data messages into FLV tags: the bodies are the same, the envelopes differ.
import type { FlvTag } from '../flv/FlvTag.ts'
import type { Amf0Object } from './Amf0Value.ts'
import { decodeAmf0 } from './decodeAmf0.ts'
import { encodeAmf0 } from './encodeAmf0.ts'
import { MESSAGE } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'

const SET_DATA_FRAME = encodeAmf0('@setDataFrame')
const TAG_HEADER_BYTES = 11
const PREVIOUS_TAG_SIZE_BYTES = 4

/** A tag whose timestamp is still modulo 2^32, with the decoded metadata if it is an `onMetaData` script tag. */
export type RawTag = FlvTag & { readonly metadata?: Amf0Object }

/** The tags of a message; none for kinds that carry no media. Throws RtmpProtocolError. */
export function toFlvTags({ type, timestamp, payload }: Pick<RtmpMessage, 'type' | 'timestamp' | 'payload'>): RawTag[] {
  switch (type) {
    case MESSAGE.audio:
      return [{ type: 'audio', timestamp, data: payload }]
    case MESSAGE.video:
      return [{ type: 'video', timestamp, data: payload }]
    case MESSAGE.dataAmf0:
      return [scriptTag(timestamp, payload)]
    case MESSAGE.dataAmf3:
      return [scriptTag(timestamp, payload[0] === 0 ? payload.subarray(1) : payload)]
    case MESSAGE.aggregate:
      return splitAggregate(timestamp, payload)
    default:
      return []
  }
}

function scriptTag(timestamp: number, payload: Buffer): RawTag {
  const wrapped = payload.subarray(0, SET_DATA_FRAME.length).equals(SET_DATA_FRAME)
  const data = wrapped ? payload.subarray(SET_DATA_FRAME.length) : payload
  const [name, value] = decodeAmf0(data)
  const metadata = name === 'onMetaData' && isObject(value) ? value : undefined
  return { type: 'script', timestamp, data, ...(metadata === undefined ? {} : { metadata }) }
}

/** An aggregate message holds FLV tags; their times count from the first one's, which stands for the message's (RTMP 1.0, section 7.1.6). */
function splitAggregate(timestamp: number, payload: Buffer): RawTag[] {
  const tags: RawTag[] = []
  let first: number | undefined
  let offset = 0
  while (offset < payload.length) {
    const bodyStart = offset + TAG_HEADER_BYTES
    if (bodyStart > payload.length) throw new RtmpProtocolError('an aggregate message ends too early')
    const bodyEnd = bodyStart + payload.readUIntBE(offset + 1, 3)
    if (bodyEnd > payload.length) throw new RtmpProtocolError('an aggregate message ends too early')
    const type = payload.readUInt8(offset) & 0x1f
    if (type === MESSAGE.aggregate) throw new RtmpProtocolError('an aggregate message inside another')
    const tagTime = ((payload.readUInt8(offset + 7) << 24) | payload.readUIntBE(offset + 4, 3)) >>> 0
    first ??= tagTime
    tags.push(...toFlvTags({ type, timestamp: (timestamp + tagTime - first) >>> 0, payload: payload.subarray(bodyStart, bodyEnd) }))
    offset = bodyEnd + PREVIOUS_TAG_SIZE_BYTES
  }
  return tags
}

function isObject(value: unknown): value is Amf0Object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
