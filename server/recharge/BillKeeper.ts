// Fetches each provider's bill of the day before and keeps it, so that a reconciliation compares without speaking to anybody.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { PaymentProvider } from './PaymentProvider.ts'

const LOOK_MS = 30 * 60_000
const DAY_MS = 86_400_000
/** Providers close a day some time after midnight (UTC). */
const CLOSED_AFTER_MS = 2 * 3_600_000

export type BillKeeperOptions = { readonly database: Database; readonly providers: ReadonlyMap<string, PaymentProvider>; readonly log: Logger }

export class BillKeeper {
  readonly #options: BillKeeperOptions
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined

  constructor(options: BillKeeperOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref()
    void this.look()
  }

  /** Fetches what is not there yet; two servers that do so at once fetch the same. */
  look(): Promise<void> {
    return (this.#running ??= this.#look().finally(() => (this.#running = undefined)))
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #look(): Promise<void> {
    const { database, providers, log } = this.#options
    const day = new Date(Date.now() - CLOSED_AFTER_MS - DAY_MS).toISOString().slice(0, 10)
    for (const provider of providers.values()) {
      try {
        if (await database('provider_bills').where({ provider: provider.name, day }).first('day')) continue
        const bill = await provider.bill(day)
        const lines = 'lines' in bill ? JSON.stringify(bill.lines.map((line) => ({ ...line, paid: String(line.paid) }))) : null
        await database('provider_bills')
          .insert({ provider: provider.name, day, lines, missing: 'missing' in bill ? bill.missing : null, at: new Date() })
          .onConflict(['provider', 'day'])
          .ignore()
      } catch (error) {
        log.warn({ err: error, provider: provider.name, day }, 'a bill could not be fetched; trying again')
      }
    }
  }
}
