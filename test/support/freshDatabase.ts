// Each test file gets a database of its own in the shared MariaDB, so that none sees another's rows.
import { openDatabase } from '../../server/db/openDatabase.ts'

/** Creates an empty database beside the given one. @returns its URL */
export async function freshDatabase(databaseUrl: string): Promise<string> {
  const name = `test_${Math.random().toString(36).slice(2, 10)}`
  const database = openDatabase({ url: databaseUrl, poolSize: 1 })
  await database.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  await database.destroy()
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  return url.href
}
