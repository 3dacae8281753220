// Reads the AMF0 of commands and metadata, bounded in depth and count so that no message costs more than its own bytes.
import type { Amf0Object, Amf0Value } from './Amf0Value.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'

export type Amf0Limits = {
  /** Objects and arrays inside each other. */
  readonly maxDepth: number
  /** Values of one message altogether. */
  readonly maxValues: number
}

const DEFAULT_LIMITS: Amf0Limits = { maxDepth: 16, maxValues: 4096 }

/** Type markers (AMF0 specification, section 2.1). */
const MARKER = {
  number: 0x00,
  boolean: 0x01,
  string: 0x02,
  object: 0x03,
  null: 0x05,
  undefined: 0x06,
  reference: 0x07,
  ecmaArray: 0x08,
  objectEnd: 0x09,
  strictArray: 0x0a,
  date: 0x0b,
  longString: 0x0c,
  unsupported: 0x0d,
  xmlDocument: 0x0f,
  typedObject: 0x10,
  avmPlus: 0x11,
} as const

/** Decodes every value of a message body, in order. Throws RtmpProtocolError for malformed, too deep, too many or unsupported values. */
export function decodeAmf0(data: Buffer, limits: Amf0Limits = DEFAULT_LIMITS): Amf0Value[] {
  const decoder = new Amf0Decoder(data, limits)
  const values: Amf0Value[] = []
  while (!decoder.atEnd) values.push(decoder.value(0))
  return values
}

class Amf0Decoder {
  readonly #data: Buffer
  readonly #limits: Amf0Limits
  #offset = 0
  #values = 0

  constructor(data: Buffer, limits: Amf0Limits) {
    this.#data = data
    this.#limits = limits
  }

  get atEnd(): boolean {
    return this.#offset >= this.#data.length
  }

  value(depth: number): Amf0Value {
    this.#values += 1
    if (this.#values > this.#limits.maxValues) throw new RtmpProtocolError(`AMF0 data has more than ${this.#limits.maxValues} values`)
    if (depth > this.#limits.maxDepth) throw new RtmpProtocolError(`AMF0 data is nested deeper than ${this.#limits.maxDepth}`)
    const marker = this.#take(1).readUInt8()
    switch (marker) {
      case MARKER.number:
        return this.#take(8).readDoubleBE()
      case MARKER.boolean:
        return this.#take(1).readUInt8() !== 0
      case MARKER.string:
        return this.#shortString()
      case MARKER.longString:
      case MARKER.xmlDocument:
        return this.#take(this.#take(4).readUInt32BE()).toString('utf8')
      case MARKER.null:
        return null
      case MARKER.undefined:
      case MARKER.unsupported:
        return undefined
      case MARKER.object:
        return this.#object(depth)
      case MARKER.typedObject:
        this.#shortString()
        return this.#object(depth)
      case MARKER.ecmaArray:
        // The count is only a hint (section 2.10); the end marker decides.
        this.#take(4)
        return this.#object(depth)
      case MARKER.strictArray:
        return this.#strictArray(depth)
      case MARKER.date:
        return this.#date()
      case MARKER.reference:
        throw new RtmpProtocolError('AMF0 references are not supported')
      case MARKER.avmPlus:
        throw new RtmpProtocolError('AMF3 values are not supported')
      default:
        throw new RtmpProtocolError(`unknown AMF0 marker ${marker}`)
    }
  }

  #object(depth: number): Amf0Object {
    const object = Object.create(null) as Amf0Object
    for (;;) {
      const key = this.#shortString()
      if (key === '' && this.#data[this.#offset] === MARKER.objectEnd) {
        this.#offset += 1
        return object
      }
      object[key] = this.value(depth + 1)
    }
  }

  #strictArray(depth: number): Amf0Value[] {
    const count = this.#take(4).readUInt32BE()
    // Each value takes a byte at least, so a longer array is a lie.
    if (count > this.#data.length - this.#offset) throw new RtmpProtocolError('an AMF0 array is longer than its message')
    const array: Amf0Value[] = []
    for (let index = 0; index < count; index += 1) array.push(this.value(depth + 1))
    return array
  }

  #date(): Date {
    const milliseconds = this.#take(8).readDoubleBE()
    this.#take(2)
    return new Date(milliseconds)
  }

  #shortString(): string {
    return this.#take(this.#take(2).readUInt16BE()).toString('utf8')
  }

  #take(count: number): Buffer {
    const end = this.#offset + count
    if (end > this.#data.length) throw new RtmpProtocolError('AMF0 data ends too early')
    const bytes = this.#data.subarray(this.#offset, end)
    this.#offset = end
    return bytes
  }
}
