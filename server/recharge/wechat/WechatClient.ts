// Speaks WeChat Pay's API v3: signs what it sends, and believes no answer that is not signed.
import { randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { authorize, verifyWords } from './wechatSignature.ts'
import { providerFailed } from '../providerFailed.ts'

const TIMEOUT_MS = 10_000

export type WechatKeys = {
  readonly mchId: string
  readonly appId: string
  /** Of the merchant's certificate, and its private key. */
  readonly serial: string
  readonly privateKey: KeyObject
  /** Seals notices; 32 characters. */
  readonly apiKey: string
  /** The id of WeChat Pay's key, and the key. */
  readonly wechatSerial: string
  readonly wechatKey: KeyObject
}

export type WechatAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

export class WechatClient {
  readonly #keys: WechatKeys
  readonly #host: string

  constructor({ keys, host }: { keys: WechatKeys; host: string }) {
    this.#keys = keys
    this.#host = host
  }

  /** @throws AppError provider-unavailable; refusals (4xx) are answers */
  async ask(method: 'GET' | 'POST', path: string, request?: unknown): Promise<WechatAnswer> {
    const { wechatSerial, wechatKey, mchId, serial, privateKey } = this.#keys
    const body = request === undefined ? '' : JSON.stringify(request)
    const signed = { method, path, body, time: Math.floor(Date.now() / 1000), nonce: randomBytes(16).toString('hex') }
    try {
      const response = await fetch(new URL(path, this.#host), {
        method,
        body: request === undefined ? null : body,
        headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Footlight', 'wechatpay-serial': wechatSerial, authorization: authorize(signed, { mchId, serial, key: privateKey }) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = await response.text()
      const header = (name: string) => response.headers.get(`wechatpay-${name}`) ?? ''
      // Refusals of a signature are not signed themselves; they move nothing.
      if (response.ok) verifyWords({ time: header('timestamp'), nonce: header('nonce'), serial: header('serial'), signature: header('signature'), body: text }, { serial: wechatSerial, key: wechatKey, now: Date.now() })
      if (response.status >= 500) throw new Error(`status ${response.status}`)
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as WechatAnswer['body']) }
    } catch (error) {
      throw providerFailed('WeChat Pay', error instanceof Error ? new Error(error.message) : error)
    }
  }
}
