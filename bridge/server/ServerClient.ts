// How the bridge calls the server: one typed method per call of the contract, each with a time limit.
import type { z } from 'zod'
import { bridgeAliveReplySchema, publishGrantSchema, relayTargetsSchema } from '../../server/contract/bridgeApi.ts'
import type { BridgeAlive, BridgeAliveReply, BridgeNotice, PublishEnded, PublishGrant, PublishRequest, RelayMedia, RelayTargets, ReplayFinished } from '../../server/contract/bridgeApi.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { BridgeId, BroadcastId, PublishId } from '../../server/contract/ids.ts'

export type ServerClientOptions = { readonly url: string; readonly secret: string; readonly timeoutMs?: number }

/** The server said no (`code` is the contract's), or could not be reached (`code` undefined). The message holds no secret. */
export class ServerCallError extends Error {
  override readonly name = 'ServerCallError'
  readonly code: ErrorCode | undefined
  readonly status: number

  constructor(message: string, { code, status, cause }: { code?: ErrorCode; status: number; cause?: unknown }) {
    super(message, { cause })
    this.code = code
    this.status = status
  }

  /** No answer, or one that says the server has a passing problem. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

export class ServerClient {
  readonly #options: Required<ServerClientOptions>

  constructor(options: ServerClientOptions) {
    this.#options = { timeoutMs: 3_000, ...options }
  }

  publish(request: PublishRequest): Promise<PublishGrant> {
    return this.#post('/internal/publish', request, publishGrantSchema)
  }

  media(publishId: PublishId, media: RelayMedia): Promise<RelayTargets> {
    return this.#post(`/internal/publish/${publishId}/media`, media, relayTargetsSchema)
  }

  ended(publishId: PublishId, ended: PublishEnded): Promise<void> {
    return this.#post(`/internal/publish/${publishId}/ended`, { ...ended, reason: ended.reason.slice(0, 300) })
  }

  alive(bridgeId: BridgeId, alive: BridgeAlive): Promise<BridgeAliveReply> {
    return this.#post(`/internal/bridges/${bridgeId}/alive`, alive, bridgeAliveReplySchema, 1_500)
  }

  notice(broadcastId: BroadcastId, notice: BridgeNotice): Promise<void> {
    return this.#post(`/internal/broadcasts/${broadcastId}/notices`, { ...notice, detail: notice.detail.slice(0, 300) })
  }

  replay(broadcastId: BroadcastId, replay: ReplayFinished): Promise<void> {
    return this.#post(`/internal/broadcasts/${broadcastId}/replay`, replay)
  }

  async #post<T = void>(path: string, body: unknown, schema?: z.ZodType<T>, timeoutMs = this.#options.timeoutMs): Promise<T> {
    const response = await this.#fetch(path, body, timeoutMs)
    const text = await response.text().catch(() => '')
    if (!response.ok) throw refusal(path, response.status, text)
    if (schema === undefined) return undefined as T
    const parsed = schema.safeParse(parseJson(text))
    if (!parsed.success) throw new ServerCallError(`the server answered ${pathName(path)} with something unexpected`, { status: 502, cause: parsed.error })
    return parsed.data
  }

  async #fetch(path: string, body: unknown, timeoutMs: number): Promise<Response> {
    const { url, secret } = this.#options
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    try {
      return await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(timeoutMs) })
    } catch (cause) {
      throw new ServerCallError('the server does not answer', { status: 0, cause })
    }
  }
}

function refusal(path: string, status: number, text: string): ServerCallError {
  const error = (parseJson(text) as { error?: { code?: ErrorCode; message?: string } } | undefined)?.error
  return new ServerCallError(error?.message ?? `the server refused ${pathName(path)} with ${status}`, { code: error?.code, status })
}

function pathName(path: string): string {
  return path.split('/').slice(0, 3).join('/')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller reports an answer of the wrong shape.
    return undefined
  }
}
