// Collects the chunks of one unfinished message in memory that grows with what arrived, never with what was announced.

const FIRST_BYTES = 4096

/** One message under assembly; its memory at most doubles what the client has really sent. */
export class MessageAssembly {
  readonly length: number
  #buffer: Buffer
  #filled = 0

  constructor(length: number) {
    this.length = length
    this.#buffer = Buffer.allocUnsafe(Math.min(length, FIRST_BYTES))
  }

  /** Memory held, bytes. */
  get capacity(): number {
    return this.#buffer.length
  }

  get missing(): number {
    return this.length - this.#filled
  }

  /** The memory that holding `more` further bytes would take. */
  capacityFor(more: number): number {
    const needed = this.#filled + more
    if (needed <= this.#buffer.length) return this.#buffer.length
    return Math.min(this.length, Math.max(needed, this.#buffer.length * 2))
  }

  append(bytes: Buffer): void {
    const capacity = this.capacityFor(bytes.length)
    if (capacity > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(capacity)
      this.#buffer.copy(grown, 0, 0, this.#filled)
      this.#buffer = grown
    }
    bytes.copy(this.#buffer, this.#filled)
    this.#filled += bytes.length
  }

  /** The whole message; it belongs to the caller from here on. */
  take(): Buffer {
    return this.#buffer.subarray(0, this.length)
  }
}
