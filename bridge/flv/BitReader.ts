// Reads the bit fields and Exp-Golomb codes of H.264 parameter sets without ever running past their end.
import { FlvError } from './FlvError.ts'

/** A bounds-checked reader of big-endian bits (ITU-T H.264 clause 7.2 and 9.1). Every method throws FlvError at the end of the data. */
export class BitReader {
  readonly #data: Buffer
  #position = 0

  constructor(data: Buffer) {
    this.#data = data
  }

  /** One bit as a flag. */
  flag(): boolean {
    return this.bits(1) === 1
  }

  /** The next `count` bits (at most 32) as an unsigned number. */
  bits(count: number): number {
    let value = 0
    for (let index = 0; index < count; index += 1) {
      const byte = this.#data[this.#position >> 3]
      if (byte === undefined) throw new FlvError('a parameter set ends too early')
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1)
      this.#position += 1
    }
    return value
  }

  /** ue(v): an unsigned Exp-Golomb code of at most 32 bits; throws FlvError for one above `max`. */
  unsigned(max = 0xffff_fffe): number {
    let zeros = 0
    while (!this.flag()) {
      zeros += 1
      if (zeros > 31) throw new FlvError('a parameter set has an endless Exp-Golomb code')
    }
    const value = 2 ** zeros - 1 + this.bits(zeros)
    if (value > max) throw new FlvError(`a parameter set has ${value} where at most ${max} is allowed`)
    return value
  }

  /** se(v): a signed Exp-Golomb code. */
  signed(): number {
    const code = this.unsigned()
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2
  }
}
