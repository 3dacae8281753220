// Keeps the end of a text of any length: what an operator needs of a failed ffmpeg's standard error.

/** The last `maxLength` characters of what was pushed. */
export class TextTail {
  readonly #maxLength: number
  #text = ''

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  push(text: string): void {
    this.#text = (this.#text + text).slice(-this.#maxLength)
  }

  toString(): string {
    return this.#text
  }
}
