// As little of a Socket.IO client as a crowd of thousands needs, so that a benchmark measures the server and not its own clients.
import { createRequire } from 'node:module'

/** What is used of the `ws` package (it comes with Socket.IO and has no types of its own). */
type WebSocketLike = { on(event: 'message', listener: (data: Buffer) => void): void; on(event: 'error' | 'close', listener: (error: unknown) => void): void; send(text: string): void; terminate(): void }
const WebSocketClass = createRequire(import.meta.url)('ws') as new (url: string, options: object) => WebSocketLike

/** Engine.IO 4 and Socket.IO 5, text frames over a websocket: packets 0 open, 2 ping, 40 connect, 42 event, 43 acknowledgement. */
export class RawSocket {
  readonly #socket: WebSocketLike
  readonly #onFact: (text: string) => void
  readonly #replies = new Map<number, (answer: unknown) => void>()
  #asked = 0
  #onOpen: () => void = () => undefined

  private constructor(socket: WebSocketLike, onFact: (text: string) => void) {
    this.#socket = socket
    this.#onFact = onFact
    socket.on('message', (data) => this.#receive(data))
  }

  /** @param onFact takes each event as the text of its packet */
  static open(url: string, { cookie = '', onFact = () => undefined }: { cookie?: string; onFact?: (text: string) => void } = {}): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
      const raw = new RawSocket(new WebSocketClass(address, { perMessageDeflate: false, ...(cookie ? { headers: { cookie } } : {}) }), onFact)
      raw.#onOpen = () => resolve(raw)
      raw.#socket.on('error', reject)
    })
  }

  request<T>(name: string, data: unknown): Promise<T> {
    const id = (this.#asked += 1)
    return new Promise((resolve) => {
      this.#replies.set(id, resolve as (answer: unknown) => void)
      this.#socket.send(`42${id}${JSON.stringify([name, data])}`)
    })
  }

  close(): void {
    this.#socket.terminate()
  }

  #receive(data: Buffer): void {
    const first = data[0]
    if (first === 0x32) return this.#socket.send('3')
    if (first === 0x30) return this.#socket.send('40')
    const second = data[1]
    if (second === 0x32) return this.#onFact(data.toString('latin1', 2))
    if (second === 0x30) return this.#onOpen()
    if (second !== 0x33) return
    const text = data.toString()
    const start = text.indexOf('[')
    const id = Number(text.slice(2, start))
    this.#replies.get(id)?.((JSON.parse(text.slice(start)) as unknown[])[0])
    this.#replies.delete(id)
  }
}
