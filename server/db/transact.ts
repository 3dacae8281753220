// Runs a transaction, and runs it again when the database chose it as the victim of a deadlock.
import { setTimeout as wait } from 'node:timers/promises'
import type { Knex } from 'knex'
import { AppError } from '../core/AppError.ts'
import type { Database } from './openDatabase.ts'

const TRIES = 8
const PAUSE_MS = 15
/** Nobody waits for an answer longer: each wait for a lock may take the database's whole time-out. */
const PATIENCE_MS = 60_000
/** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, and MariaDB's ER_CHECKREAD (a row changed since it was read). */
const again = new Set<unknown>([1205, 1213, 1020])

const mayTryAgain = (error: unknown): boolean => typeof error === 'object' && error !== null && 'errno' in error && again.has(error.errno)

/**
 * `read committed`: each statement sees what was committed before it, and no gaps between rows are locked; for transactions that lock the rows they
 * decide by.
 */
export type TransactOptions = { readonly isolation?: 'read committed' | 'repeatable read' }

/**
 * @param work may run several times: it must change nothing but the database.
 * @throws AppError unavailable when it lost every time
 */
export async function transact<T>(database: Database, work: (transaction: Knex.Transaction) => Promise<T>, { isolation }: TransactOptions = {}): Promise<T> {
  const began = Date.now()
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.transaction(work, isolation ? { isolationLevel: isolation } : undefined)
    } catch (error) {
      if (!mayTryAgain(error)) throw error
      if (tried >= TRIES || Date.now() - began > PATIENCE_MS) throw new AppError('unavailable', { cause: error, message: 'Too many do this at once; please try again' })
      await wait(Math.random() * PAUSE_MS * 2 ** tried)
    }
  }
}
