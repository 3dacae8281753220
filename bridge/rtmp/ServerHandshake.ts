// The server's half of the RTMP handshake, simple or with digests, whichever the client began.
import { randomBytes } from 'node:crypto'
import { CLIENT_KEY_TEXT, HANDSHAKE_BYTES, SERVER_KEY, SERVER_KEY_TEXT, findDigest, signPacket, signedAnswer } from './handshakeDigest.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'

const VERSION = 3
const HELLO_BYTES = 1 + HANDSHAKE_BYTES
/** What we call our version; clients take a digest answer only from a version above zero. */
const SERVER_VERSION = Buffer.from([5, 0, 0, 1])

/** Reads C0, C1 and C2 in any pieces and writes S0, S1 and S2 (RTMP 1.0, section 5.2). */
export class ServerHandshake {
  readonly #write: (bytes: Buffer) => void
  #pending: Buffer = Buffer.alloc(0)
  #answered = false

  constructor(write: (bytes: Buffer) => void) {
    this.#write = write
  }

  /** Gives the bytes that follow the handshake once it is complete, undefined before. Throws RtmpProtocolError. */
  push(bytes: Buffer): Buffer | undefined {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const version = this.#pending[0]
    if (!this.#answered && version !== undefined && version !== VERSION) throw new RtmpProtocolError('the connection does not speak RTMP')
    if (!this.#answered && this.#pending.length >= HELLO_BYTES) {
      this.#write(answerHello(this.#pending.subarray(1, HELLO_BYTES)))
      this.#answered = true
    }
    // C2 is not compared with S1: half of the encoders in use send something else there.
    if (this.#pending.length < HELLO_BYTES + HANDSHAKE_BYTES) return undefined
    return this.#pending.subarray(HELLO_BYTES + HANDSHAKE_BYTES)
  }
}

/** S0, S1 and S2 for a C1: with digests if the C1 carries a valid one in either scheme, else the plain echo. */
export function answerHello(hello: Buffer): Buffer {
  const s1 = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)])
  const found = hello.readUInt32BE(4) === 0 ? undefined : findDigest(hello, CLIENT_KEY_TEXT)
  if (found === undefined) return Buffer.concat([Buffer.from([VERSION]), s1, hello])
  SERVER_VERSION.copy(s1, 4)
  signPacket(s1, found.scheme, SERVER_KEY_TEXT)
  return Buffer.concat([Buffer.from([VERSION]), s1, signedAnswer(randomBytes(HANDSHAKE_BYTES), found.digest, SERVER_KEY)])
}
