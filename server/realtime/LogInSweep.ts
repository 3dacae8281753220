// Finds open sockets whose log-in has run out, or ended while the word of it was lost, and hangs up on them.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Redis } from '../core/openRedis.ts'
import type { FootlightServer, FootlightSocket } from './answer.ts'
import { cameLoggedIn } from './createSocketServer.ts'

/** Each socket is looked at so often, counted from its own beginning: they spread by themselves. */
const EVERY_MS = 60_000
const TICK_MS = 5000
const MARK_SECONDS = 24 * 3600
const AT_ONCE = 1000

type Options = { readonly sockets: FootlightServer; readonly accounts: Pick<Accounts, 'statesOf'>; readonly redis: Redis; readonly log: Logger; readonly everyMs?: number; readonly tickMs?: number }

export class LogInSweep {
  readonly #options: Options
  readonly #everyMs: number
  readonly #timer: NodeJS.Timeout
  readonly #lookedAt = new WeakMap<FootlightSocket, number>()
  /** Is gone when Redis comes back empty. */
  readonly #mark = `login-mark:${newId()}`
  #marked = false
  /** Log-ins from before were lost, not ended: a host on air is not hung up on for that. Whatever they ask for is refused anyway. */
  #emptiedAt = 0
  #busy = false

  constructor(options: Options) {
    this.#options = options
    this.#everyMs = options.everyMs ?? EVERY_MS
    this.#timer = setInterval(() => void this.#tick(), options.tickMs ?? TICK_MS).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #tick(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      await this.#look()
    } catch (error) {
      this.#options.log.debug({ err: error }, 'log-ins of open sockets could not be looked up')
    } finally {
      this.#busy = false
    }
  }

  async #noteLoss(): Promise<void> {
    const { redis } = this.#options
    if (this.#marked && (await redis.expire(this.#mark, MARK_SECONDS)) === 1) return
    if (this.#marked) this.#emptiedAt = Date.now()
    await redis.set(this.#mark, '1', 'EX', MARK_SECONDS)
    this.#marked = true
  }

  async #look(): Promise<void> {
    const now = Date.now()
    const due: Array<{ socket: FootlightSocket; token: string }> = []
    for (const socket of this.#options.sockets.sockets.sockets.values()) {
      const { token } = socket.data
      if (token && now - (this.#lookedAt.get(socket) ?? socket.handshake.issued) >= this.#everyMs && cameLoggedIn(socket)) due.push({ socket, token })
      if (due.length === AT_ONCE) break
    }
    const states = await this.#options.accounts.statesOf(due.map(({ token }) => token))
    // After the question: what had the answers be `gone` has taken the mark, too.
    await this.#noteLoss()
    for (const [index, { socket }] of due.entries()) {
      this.#lookedAt.set(socket, now)
      const isOver = states[index] === 'ended' || (states[index] === 'gone' && socket.handshake.issued > this.#emptiedAt)
      if (isOver) socket.disconnect(true)
    }
  }
}
