// How the sandbox signs its notices: a time and an HMAC-SHA256 of time and body, with a key made of this platform's secret.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../core/AppError.ts'

/** Seconds a notice may be old, or ahead of our clock. */
export const TOLERANCE_SECONDS = 300

export const sandboxKey = (appSecret: string): string => createHmac('sha256', appSecret).update('sandbox payments').digest('base64url')

const mac = (key: string, time: number, body: string | Buffer): Buffer => createHmac('sha256', key).update(`${time}.`).update(body).digest()

/** @param time seconds since 1970. @returns the header's value */
export const signSandbox = (key: string, time: number, body: string | Buffer): string => `t=${time},v1=${mac(key, time, body).toString('hex')}`

/** @throws AppError signature-wrong */
export function verifySandbox(key: string, body: Buffer, header: unknown, now: number): void {
  const [, time = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(typeof header === 'string' ? header : '') ?? []
  const expected = mac(key, Number(time), body)
  if (given === '' || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) throw new AppError('signature-wrong', { message: 'The signature is wrong' })
  if (Math.abs(now / 1000 - Number(time)) > TOLERANCE_SECONDS) throw new AppError('signature-wrong', { message: 'The notice is too old' })
}
