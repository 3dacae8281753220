// Whether bytes are an SVGA 2 animation: deflated protobuf of a MovieEntity (github.com/svga/SVGA-Format), read at wire level and bounded.
import { inflateSync } from 'node:zlib'
import { MAX_EFFECT_MS } from './checkLottie.ts'

const MAX_INFLATED = 32 * 1024 * 1024
const MAX_FIELDS = 10_000

type Field = { readonly number: number; readonly wire: number; readonly varint: bigint; readonly bytes: Buffer }

/** @returns how long it plays, in ms. @throws Error saying what is wrong with it */
export function checkSvga(file: Buffer): number {
  const movie = readFields(inflateSync(file, { maxOutputLength: MAX_INFLATED }))
  const version = movie.find(({ number, wire }) => number === 1 && wire === 2)
  const params = movie.find(({ number, wire }) => number === 2 && wire === 2)
  if (!version || !/^\d+(\.\d+)*$/.test(version.bytes.toString('latin1')) || !params) throw new Error('it is not an SVGA animation')
  if (movie.some(({ number, wire }) => number > 5 || wire !== 2)) throw new Error('it is not an SVGA animation')
  const numbers = readFields(params.bytes)
  const whole = (field: number) => Number(numbers.find(({ number, wire }) => number === field && wire === 0)?.varint ?? 0n)
  const [fps, frames] = [whole(3), whole(4)]
  if (fps < 1 || fps > 120 || frames < 1) throw new Error('its frames are not countable')
  const durationMs = Math.round((frames / fps) * 1000)
  if (durationMs > MAX_EFFECT_MS) throw new Error(`it must play at most ${MAX_EFFECT_MS / 1000} s`)
  return durationMs
}

/** The fields of one protobuf message (protobuf.dev/programming-guides/encoding). */
function readFields(message: Buffer): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at]
      if (byte === undefined) break
      at += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new Error('it is cut off')
  }
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new Error('it is cut off')
    return message.subarray(at, (at += length))
  }
  while (at < message.length) {
    if (fields.length >= MAX_FIELDS) throw new Error('it has too many parts')
    const key = varint()
    const number = Number(key >> 3n)
    const wire = Number(key & 7n)
    if (number === 0 || number > 100_000) throw new Error('it is not readable')
    if (wire === 0) fields.push({ number, wire, varint: varint(), bytes: message.subarray(0, 0) })
    else if (wire === 1 || wire === 5) fields.push({ number, wire, varint: 0n, bytes: take(wire === 1 ? 8 : 4) })
    else if (wire === 2) fields.push({ number, wire, varint: 0n, bytes: take(Number(varint())) })
    else throw new Error('it is not readable')
  }
  return fields
}
