// The handshake answers simple and signed hellos alike, in any pieces, and shows everybody else the door.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLIENT_KEY_TEXT, HANDSHAKE_BYTES, SERVER_KEY, SERVER_KEY_TEXT, findDigest, signPacket, signedAnswer } from '../../../../bridge/rtmp/handshakeDigest.ts'
import { RtmpProtocolError } from '../../../../bridge/rtmp/RtmpProtocolError.ts'
import { ServerHandshake, answerHello } from '../../../../bridge/rtmp/ServerHandshake.ts'
import { splitBytes } from '../../../support/rtmpChunks.ts'

function signedHello(scheme: 0 | 1): Buffer {
  const hello = randomBytes(HANDSHAKE_BYTES)
  hello.writeUInt32BE(0x80000702, 4)
  signPacket(hello, scheme, CLIENT_KEY_TEXT)
  return hello
}

test('a simple hello is echoed', () => {
  const hello = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)])
  const answer = answerHello(hello)
  expect(answer.length).toBe(1 + 2 * HANDSHAKE_BYTES)
  expect(answer[0]).toBe(3)
  expect(answer.readUInt32BE(5)).toBe(0)
  expect(answer.subarray(1 + HANDSHAKE_BYTES).equals(hello)).toBe(true)
})

test('a hello with a version but a wrong digest is treated as simple', () => {
  const hello = randomBytes(HANDSHAKE_BYTES)
  hello.writeUInt32BE(1, 4)
  expect(answerHello(hello).subarray(1 + HANDSHAKE_BYTES).equals(hello)).toBe(true)
})

describe.each([0, 1] as const)('digest scheme %i', (scheme) => {
  test('is found at whatever offset, and one changed byte breaks it', () => {
    for (let round = 0; round < 50; round += 1) {
      const hello = signedHello(scheme)
      expect(findDigest(hello, CLIENT_KEY_TEXT)?.scheme).toBe(scheme)
      hello.writeUInt8(hello.readUInt8(1535) ^ 1, 1535)
      expect(findDigest(hello, CLIENT_KEY_TEXT)).toBeUndefined()
    }
  })

  test('is answered in the same scheme, with the client digest signed', () => {
    const hello = signedHello(scheme)
    const answer = answerHello(hello)
    const [s1, s2] = [answer.subarray(1, 1 + HANDSHAKE_BYTES), answer.subarray(1 + HANDSHAKE_BYTES)]
    expect(findDigest(s1, SERVER_KEY_TEXT)?.scheme).toBe(scheme)
    expect(s1.readUInt32BE(4)).toBeGreaterThan(0)
    const digest = findDigest(hello, CLIENT_KEY_TEXT)?.digest as Buffer
    expect(s2.equals(signedAnswer(s2, digest, SERVER_KEY))).toBe(true)
  })
})

test('the handshake completes in any pieces and hands on what follows it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
      const written: Buffer[] = []
      const handshake = new ServerHandshake((bytes) => written.push(bytes))
      const bytes = Buffer.concat([Buffer.from([3]), randomBytes(2 * HANDSHAKE_BYTES), Buffer.from('rest')])
      let rest = ''
      let done = false
      for (const piece of splitBytes(bytes, sizes)) {
        if (done) rest += piece.toString()
        else {
          const after = handshake.push(piece)
          done = after !== undefined
          rest += after?.toString() ?? ''
        }
      }
      expect(rest).toBe('rest')
      expect(written.length).toBe(1)
    }),
  )
})

test.each([0x16, 0x47, 6])('a first byte of %i is refused at once', (byte) => {
  expect(() => new ServerHandshake(() => undefined).push(Buffer.from([byte]))).toThrow(RtmpProtocolError)
})
