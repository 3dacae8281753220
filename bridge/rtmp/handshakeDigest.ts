// Adobe's digest handshake in pure functions: where the digest hides in a handshake packet and how it is made.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Bytes of C1, S1, C2 and S2 (RTMP 1.0, section 5.2). */
export const HANDSHAKE_BYTES = 1536

const DIGEST_BYTES = 32
const BLOCK_BYTES = 764
const OFFSET_BYTES = 4

/** The two layouts: the digest block follows the 8 header bytes (scheme 1), or the key block that stands there (scheme 0). */
export type DigestScheme = 0 | 1
const BLOCK_STARTS: Readonly<Record<DigestScheme, number>> = { 0: 8 + BLOCK_BYTES, 1: 8 }

// The constants every implementation of the handshake shares; they authenticate nothing, they only say "I know the handshake".
const COMMON_KEY = Buffer.from('f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae', 'hex')
export const SERVER_KEY_TEXT = Buffer.from('Genuine Adobe Flash Media Server 001', 'latin1')
export const CLIENT_KEY_TEXT = Buffer.from('Genuine Adobe Flash Player 001', 'latin1')
export const SERVER_KEY = Buffer.concat([SERVER_KEY_TEXT, COMMON_KEY])
export const CLIENT_KEY = Buffer.concat([CLIENT_KEY_TEXT, COMMON_KEY])

/** Where the digest stands in C1 or S1: four bytes at the block's start add up to an offset behind them. */
export function digestOffset(packet: Buffer, scheme: DigestScheme): number {
  const start = BLOCK_STARTS[scheme]
  const sum = packet.readUInt8(start) + packet.readUInt8(start + 1) + packet.readUInt8(start + 2) + packet.readUInt8(start + 3)
  return start + OFFSET_BYTES + (sum % (BLOCK_BYTES - OFFSET_BYTES - DIGEST_BYTES))
}

/** The digest a packet should carry at `offset`: over everything around it. */
export function computeDigest(packet: Buffer, offset: number, key: Buffer): Buffer {
  return createHmac('sha256', key).update(packet.subarray(0, offset)).update(packet.subarray(offset + DIGEST_BYTES)).digest()
}

/** Finds and verifies the digest in either scheme; undefined for a simple handshake. */
export function findDigest(packet: Buffer, key: Buffer): { scheme: DigestScheme; digest: Buffer } | undefined {
  for (const scheme of [1, 0] as const) {
    const offset = digestOffset(packet, scheme)
    const digest = packet.subarray(offset, offset + DIGEST_BYTES)
    if (timingSafeEqual(digest, computeDigest(packet, offset, key))) return { scheme, digest }
  }
  return undefined
}

/** Writes the digest of a C1 or S1 into it. */
export function signPacket(packet: Buffer, scheme: DigestScheme, key: Buffer): void {
  const offset = digestOffset(packet, scheme)
  computeDigest(packet, offset, key).copy(packet, offset)
}

/** A C2 or S2: random bytes signed with a key that comes from the peer's digest; `key` is the signer's full key. */
export function signedAnswer(random: Buffer, peerDigest: Buffer, key: Buffer): Buffer {
  const body = random.subarray(0, HANDSHAKE_BYTES - DIGEST_BYTES)
  const answerKey = createHmac('sha256', key).update(peerDigest).digest()
  return Buffer.concat([body, createHmac('sha256', answerKey).update(body).digest()])
}
