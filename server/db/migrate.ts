// Brings the schema up to date; safe when several servers start at once (knex holds a lock table).
import type { Knex } from 'knex'
import * as live from './migrations/0001_live.ts'
import type { Database } from './openDatabase.ts'

const migrations: Record<string, Knex.Migration> = { '0001_live': live }

/** Runs the migrations not yet run. @returns their names. */
export async function migrate(database: Database): Promise<string[]> {
  const source: Knex.MigrationSource<string> = {
    getMigrations: () => Promise.resolve(Object.keys(migrations)),
    getMigrationName: (name) => name,
    getMigration: (name) => Promise.resolve(migrations[name] as Knex.Migration),
  }
  const [, names] = (await database.migrate.latest({ migrationSource: source })) as [number, string[]]
  return names
}
