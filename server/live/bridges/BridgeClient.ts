// What the server asks of one bridge over HTTP.
import { packagingTargetsSchema } from '../../contract/bridgeApi.ts'
import type { FinishRequest, PackagingRequest, PackagingTargets } from '../../contract/bridgeApi.ts'
import type { BroadcastId, PublishId } from '../../contract/ids.ts'
import { AppError } from '../../core/AppError.ts'

const TIMEOUT_MS = 10_000

export class BridgeClient {
  readonly url: string
  readonly #secret: string

  constructor({ url, secret }: { url: string; secret: string }) {
    this.url = url
    this.#secret = secret
  }

  /** @throws AppError bridge-unavailable */
  async startPackaging(request: PackagingRequest): Promise<PackagingTargets> {
    const response = await this.#call('POST', '/packagings', request)
    return packagingTargetsSchema.parse(await response.json())
  }

  async stopPackaging(broadcastId: BroadcastId): Promise<void> {
    await this.#call('DELETE', `/packagings/${broadcastId}`)
  }

  async endPublish(publishId: PublishId, reason: string): Promise<void> {
    await this.#call('DELETE', `/publishes/${publishId}`, { reason })
  }

  async finish(broadcastId: BroadcastId, request: FinishRequest): Promise<void> {
    await this.#call('POST', `/broadcasts/${broadcastId}/finish`, request)
  }

  /** An endless FLV body. @throws AppError bridge-unavailable, channel-offline (this bridge does not hold it) */
  async openFlv(broadcastId: BroadcastId, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#fetch('GET', `/flv/${broadcastId}`, undefined, signal)
    if (response.status === 404 || !response.body) throw new AppError('channel-offline')
    return response.body
  }

  async #call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await this.#fetch(method, path, body, AbortSignal.timeout(TIMEOUT_MS))
    if (!response.ok) throw new AppError('bridge-unavailable', { cause: new Error(`${method} ${path}: ${response.status} ${await response.text()}`) })
    return response
  }

  async #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(new URL(path, this.url), {
        method,
        signal,
        headers: { authorization: `Bearer ${this.#secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
      })
    } catch (error) {
      throw new AppError('bridge-unavailable', { cause: error })
    }
  }
}
