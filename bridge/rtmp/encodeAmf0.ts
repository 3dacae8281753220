// Writes the AMF0 of our replies.
import type { Amf0Object, Amf0Value } from './Amf0Value.ts'

const MAX_SHORT_STRING = 0xffff
const OBJECT_END = Buffer.from([0, 0, 9])

/** Encodes values one after another (AMF0 specification, section 2). Throws RangeError for keys over 65,535 bytes. */
export function encodeAmf0(...values: readonly Amf0Value[]): Buffer {
  return Buffer.concat(values.map(encodeValue))
}

function encodeValue(value: Amf0Value): Buffer {
  if (value === null) return Buffer.from([5])
  switch (typeof value) {
    case 'number':
      return doubleWithMarker(0, value)
    case 'boolean':
      return Buffer.from([1, value ? 1 : 0])
    case 'string':
      return encodeString(value)
    case 'undefined':
      return Buffer.from([6])
    default:
      return encodeObject(value)
  }
}

function encodeObject(value: Date | Amf0Object | Amf0Value[]): Buffer {
  if (value instanceof Date) return Buffer.concat([doubleWithMarker(0x0b, value.getTime()), Buffer.from([0, 0])])
  if (Array.isArray(value)) return Buffer.concat([withCount(0x0a, value.length), ...value.map(encodeValue)])
  const fields = Object.entries(value).map(([key, field]) => Buffer.concat([encodeKey(key), encodeValue(field)]))
  return Buffer.concat([Buffer.from([3]), ...fields, OBJECT_END])
}

function encodeString(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  if (bytes.length > MAX_SHORT_STRING) return Buffer.concat([withCount(0x0c, bytes.length), bytes])
  return Buffer.concat([Buffer.from([2]), encodeKey(value)])
}

function encodeKey(key: string): Buffer {
  const bytes = Buffer.from(key, 'utf8')
  if (bytes.length > MAX_SHORT_STRING) throw new RangeError('an AMF0 key holds at most 65,535 bytes')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function withCount(marker: number, count: number): Buffer {
  const header = Buffer.alloc(5)
  header.writeUInt8(marker)
  header.writeUInt32BE(count, 1)
  return header
}

function doubleWithMarker(marker: number, value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt8(marker)
  bytes.writeDoubleBE(value, 1)
  return bytes
}
