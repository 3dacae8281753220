// Runs a transaction, and runs it again when the database chose it as the victim of a deadlock.
import { setTimeout as wait } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Database } from './openDatabase.ts'

const TRIES = 8
const PAUSE_MS = 15
/** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, and MariaDB's ER_CHECKREAD (a row changed since it was read). */
const again = new Set<unknown>([1205, 1213, 1020])

const mayTryAgain = (error: unknown): boolean => typeof error === 'object' && error !== null && 'errno' in error && again.has(error.errno)

/** @param work may run several times: it must change nothing but the database. */
export async function transact<T>(database: Database, work: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.transaction(work)
    } catch (error) {
      if (tried >= TRIES || !mayTryAgain(error)) throw error
      await wait(Math.random() * PAUSE_MS * 2 ** tried)
    }
  }
}
