// The platform's rates: each change is a new version, and the newest one holds.
import type { UserId } from '../contract/ids.ts'
import { ratesSchema } from '../contract/rates.ts'
import type { Rates, RatesChange } from '../contract/rates.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'

/** How stale rates may be: what a transfer was made with is in its own records. */
const KEEP_MS = 2000

export class RateBook {
  readonly #database: Database
  readonly #rates: Remembered<'now', Rates>

  constructor({ database }: { database: Database }) {
    this.#database = database
    this.#rates = new Remembered({ keepMs: KEEP_MS, load: () => newest(database) })
  }

  /** What holds now. */
  now(): Promise<Rates> {
    return this.#rates.get('now')
  }

  /** Changes some of them. */
  async change(actorId: UserId, change: RatesChange): Promise<Rates> {
    const rates = { ...(await newest(this.#database)), ...change }
    await this.#database('rates').insert({ rates: JSON.stringify(rates), set_by: actorId, at: new Date() })
    this.#rates.forgetAll()
    return rates as Rates
  }
}

async function newest(database: Database): Promise<Rates> {
  const row = (await database('rates').orderBy('version', 'desc').first('rates')) as { rates: string } | undefined
  return ratesSchema.parse(row ? JSON.parse(row.rates) : {})
}
