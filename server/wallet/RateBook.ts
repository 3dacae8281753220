// The platform's rates: each change is a new version, and the newest one holds.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import { ratesSchema } from '../contract/rates.ts'
import type { Rates, RatesChange } from '../contract/rates.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import { requireSoundRates } from './requireSoundRates.ts'

/** How stale rates may be: what a transfer was made with is in its own records. */
const KEEP_MS = 2000

export class RateBook {
  readonly #database: Database
  readonly #rates: Remembered<'now', Rates>

  constructor({ database }: { database: Database }) {
    this.#database = database
    this.#rates = new Remembered({ keepMs: KEEP_MS, load: () => newest(database('rates')) })
  }

  /** What holds now. */
  now(): Promise<Rates> {
    return this.#rates.get('now')
  }

  /** Changes some of them, on the record; who changes others at the same time loses nothing. @throws AppError bad-request where coins could be made of nothing */
  async change(actorId: UserId, change: RatesChange, audit: Audit): Promise<Rates> {
    const rates = await transact(this.#database, async (transaction) => {
      const before = await newest(transaction('rates').forUpdate())
      const after = ratesSchema.parse({ ...before, ...change })
      const [own] = (await transaction('gift_shares').max({ highest: 'share' })) as Array<{ highest: number | null }>
      requireSoundRates(after, own?.highest ?? 0)
      await transaction('rates').insert({ rates: JSON.stringify(after), set_by: actorId, at: new Date() })
      const detail = Object.fromEntries(changed(before, after).map((name) => [name, [before[name], after[name]]]))
      await audit.record({ actorId, channelId: null, action: 'rates:set', targetId: null, reason: '', detail }, transaction)
      return after
    })
    this.#rates.forgetAll()
    return rates
  }
}

async function newest(versions: Knex.QueryBuilder): Promise<Rates> {
  const row = (await versions.orderBy('version', 'desc').first('rates')) as { rates: string } | undefined
  return ratesSchema.parse(row ? JSON.parse(row.rates) : {})
}

const changed = (before: Rates, after: Rates) => (Object.keys(after) as Array<keyof Rates>).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
