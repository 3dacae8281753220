// Tells people's open pages that their wallets changed: together and seldom, however often gifts come in.
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import { isUnreachable } from '../core/isUnreachable.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { userRoom } from '../realtime/createSocketServer.ts'
import type { Ledger } from './Ledger.ts'
import type { Leg } from './ledgerAccounts.ts'
import { viewWallets } from './walletViews.ts'

/** Between two tellings, for everybody. */
const PAUSE_MS = 300
/** Long enough for a burst's first gifts to be told together. */
const SOON_MS = 20
const AT_ONCE = 500

export class WalletNews {
  readonly #database: Database
  readonly #sockets: FootlightServer
  readonly #log: Logger
  readonly #changed = new Set<UserId>()
  #timer: NodeJS.Timeout | undefined
  #lastAt = 0
  #closed = false

  constructor({ ledger, database, sockets, log }: { ledger: Ledger; database: Database; sockets: FootlightServer; log: Logger }) {
    this.#database = database
    this.#sockets = sockets
    this.#log = log
    ledger.on('posted', ({ legs }) => this.note(ownersOf(legs)))
  }

  /** Their wallets changed, also by being locked or unlocked. */
  note(userIds: readonly UserId[]): void {
    for (const userId of userIds) this.#changed.add(userId)
    this.#plan()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #plan(): void {
    if (this.#closed || this.#timer || this.#changed.size === 0) return
    const pause = Math.max(SOON_MS, this.#lastAt + PAUSE_MS - Date.now())
    this.#timer = setTimeout(() => void this.#tell(), pause).unref()
  }

  async #tell(): Promise<void> {
    const userIds = [...this.#changed].slice(0, AT_ONCE)
    for (const userId of userIds) this.#changed.delete(userId)
    try {
      for (const [userId, view] of await viewWallets(this.#database, userIds)) this.#sockets.to(userRoom(userId)).emit('wallet:changed', view)
    } catch (error) {
      // Pages ask again when they come back; and the next change tells them.
      this.#log[isUnreachable(error) ? 'debug' : 'warn']({ err: error }, 'changed wallets were not told')
    }
    this.#lastAt = Date.now()
    this.#timer = undefined
    this.#plan()
  }
}

const ownersOf = (legs: readonly Leg[]): UserId[] => legs.flatMap(({ account: { kind, owner } }) => (kind === 'user' || kind === 'held' ? [owner as UserId] : []))
