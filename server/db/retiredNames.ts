// Names that deleted accounts and channels had: taken for good, so that nobody can pass for who is gone, and readable by nobody.
import { createHmac } from 'node:crypto'
import type { Database } from './openDatabase.ts'

const hashOf = (secret: string, name: string): Buffer => createHmac('sha256', secret).update(`retired name|${name}`).digest()

/** @param secret the installation's APP_SECRET */
export async function isRetired(database: Database, secret: string, name: string): Promise<boolean> {
  return (await database('retired_names').where({ name_hash: hashOf(secret, name) }).first('name_hash')) !== undefined
}

export async function retireName(database: Database, secret: string, name: string): Promise<void> {
  await database('retired_names').insert({ name_hash: hashOf(secret, name) }).onConflict('name_hash').ignore()
}
