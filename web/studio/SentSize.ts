// Keeps the server's word of the picture's size right: viewers' quality labels and choice of layer follow from it.

export type PictureSize = { readonly width: number; readonly height: number }

const nameOf = ({ width, height }: PictureSize) => `${width}x${height}`

export class SentSize {
  readonly #send: (size: PictureSize) => Promise<unknown>
  #told = ''

  /** @param send tells the server, and rejects when it was not heard. */
  constructor(send: (size: PictureSize) => Promise<unknown>) {
    this.#send = send
  }

  /** A new producer took this size with it. */
  toldWith(size: PictureSize): void {
    this.#told = nameOf(size)
  }

  /** Says a size that differs from the last one said. Never rejects: what was not heard is said again at the next call. */
  async tell(size: PictureSize): Promise<void> {
    const before = this.#told
    const name = nameOf(size)
    if (size.width === 0 || size.height === 0 || name === before) return
    this.#told = name
    try {
      await this.#send(size)
    } catch {
      if (this.#told === name) this.#told = before
    }
  }
}
