// SQL of the outbox. Times are the database's own: servers' clocks may differ.
import type { Knex } from 'knex'
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Database } from './openDatabase.ts'
import { transact } from './transact.ts'

export type OutboxTopic = keyof OutboxFacts
/** `attempts`: how often it could not be told. */
export type OutboxRow = { readonly id: string; readonly topic: OutboxTopic; readonly payload: string; readonly attempts: number }

const inMs = (database: Knex, ms: number): Knex.Raw => database.raw('UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND', [ms * 1000])

/** @param leaseMs for so long nobody takes it: who writes it tells it. @returns its id */
export async function insertFact(transaction: Knex.Transaction, { topic, payload, leaseMs }: { topic: OutboxTopic; payload: string; leaseMs: number }): Promise<string> {
  const [id] = (await transaction('outbox').insert({ topic, payload, due_at: inMs(transaction, leaseMs), created_at: new Date() })) as Array<string | number>
  return String(id)
}

/** Takes facts that nobody is telling, the longest due first; what another server is just taking is left to it. */
export async function takeDue(database: Database, { topics, limit, leaseMs }: { topics: readonly OutboxTopic[]; limit: number; leaseMs: number }): Promise<readonly OutboxRow[]> {
  const due = (source: Knex) => source('outbox').whereIn('topic', [...topics]).where('due_at', '<=', source.raw('UTC_TIMESTAMP(3)'))
  // Most often there is none, and then nothing is locked.
  if (topics.length === 0 || !(await due(database).first('id'))) return []
  // No gaps are locked: transactions that write facts do not wait for this one.
  return transact(
    database,
    async (transaction) => {
      const rows = (await due(transaction).orderBy(['due_at', 'id']).limit(limit).forUpdate().skipLocked().select('id', 'topic', 'payload', 'attempts')) as Array<OutboxRow & { id: string | number }>
      await renewLeases(transaction, rows.map(({ id }) => String(id)), leaseMs)
      return rows.map((row) => ({ ...row, id: String(row.id) }))
    },
    { isolation: 'read committed' },
  )
}

/** Nobody else takes them for so long. */
export async function renewLeases(database: Database, ids: readonly string[], leaseMs: number): Promise<void> {
  if (ids.length > 0) await database('outbox').whereIn('id', [...ids]).update({ due_at: inMs(database, leaseMs) })
}

/** They have been told. */
export async function eraseFacts(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await database('outbox').whereIn('id', [...ids]).delete()
}

/** It could not be told, and waits. */
export async function postponeFact(database: Database, { id, attempts, waitMs }: { id: string; attempts: number; waitMs: number }): Promise<void> {
  await database('outbox').where({ id }).update({ attempts, due_at: inMs(database, waitMs) })
}
