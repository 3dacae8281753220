// Signatures of WeChat Pay's API v3, both ways, and the sealing of its notices (https://pay.weixin.qq.com/doc/v3/merchant/4012365342).
import { createDecipheriv, createSign, createVerify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { AppError } from '../../core/AppError.ts'

/** Seconds that an answer or a notice may be old, or ahead of our clock. */
export const TOLERANCE_SECONDS = 300
const TAG_BYTES = 16

export type SignedRequest = { readonly method: string; /** With its query. */ readonly path: string; readonly body: string; readonly time: number; readonly nonce: string }

/** @returns the Authorization header */
export function authorize({ method, path, body, time, nonce }: SignedRequest, { mchId, serial, key }: { mchId: string; serial: string; key: KeyObject }): string {
  const signature = createSign('RSA-SHA256').update(`${method}\n${path}\n${time}\n${nonce}\n${body}\n`).sign(key, 'base64')
  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchId}",nonce_str="${nonce}",signature="${signature}",timestamp="${time}",serial_no="${serial}"`
}

export type SignedWords = { readonly time: string; readonly nonce: string; readonly serial: string; readonly signature: string; readonly body: string }

/** Whether WeChat Pay said it, lately. @param serial of the key that we know. @throws AppError signature-wrong */
export function verifyWords({ time, nonce, serial: given, signature, body }: SignedWords, { serial, key, now }: { serial: string; key: KeyObject; now: number }): void {
  if (given !== serial) throw new AppError('signature-wrong', { message: 'Signed with a key that is not known' })
  if (!createVerify('RSA-SHA256').update(`${time}\n${nonce}\n${body}\n`).verify(key, signature, 'base64')) throw new AppError('signature-wrong', { message: 'The signature is wrong' })
  if (!(Math.abs(now / 1000 - Number(time)) <= TOLERANCE_SECONDS)) throw new AppError('signature-wrong', { message: 'The notice is too old' })
}

export type SealedResource = { readonly ciphertext: string; readonly nonce: string; readonly associated_data?: string | undefined }

/** AEAD_AES_256_GCM, the tag behind the text. @throws AppError signature-wrong */
export function unseal({ ciphertext, nonce, associated_data = '' }: SealedResource, apiKey: string): string {
  try {
    const sealed = Buffer.from(ciphertext, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiKey, 'utf8'), nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(associated_data, 'utf8'))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch (error) {
    throw new AppError('signature-wrong', { cause: error, message: 'The notice cannot be opened' })
  }
}
