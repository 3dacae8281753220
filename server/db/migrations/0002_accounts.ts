// Profiles, recovery and what else belongs to an account.
import type { Knex } from 'knex'
import { moment, refer } from '../columns.ts'

const columns = ['display_name', 'avatar', 'bio', 'links', 'language', 'email', 'email_verified_at', 'session_epoch', 'deleted_at', 'erased_at']

export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('users', (table) => {
    table.string('display_name', 40).nullable()
    table.string('avatar', 32).nullable()
    table.string('bio', 300).notNullable().defaultTo('')
    table.json('links').nullable()
    table.string('language', 8).nullable()
    table.string('email', 254).nullable().index()
    moment(table, 'email_verified_at').nullable()
    // Log-in sessions of a lower number are void, whatever Redis remembers.
    table.integer('session_epoch').notNullable().defaultTo(0)
    // The account is deleted; what it owned elsewhere is erased by `erased_at`.
    moment(table, 'deleted_at').nullable()
    moment(table, 'erased_at').nullable()
  })
  await database.schema.createTable('recovery_codes', (table) => {
    refer(table, 'user_id', 'users').notNullable()
    table.specificType('code_hash', 'BINARY(32)').notNullable()
    table.primary(['user_id', 'code_hash'])
  })
  // What was mailed: codes that reset a password or prove an address.
  await database.schema.createTable('mailed_codes', (table) => {
    table.specificType('code_hash', 'BINARY(32)').notNullable().primary()
    refer(table, 'user_id', 'users').notNullable()
    table.string('purpose', 16).notNullable()
    moment(table, 'expires_at').notNullable().index()
  })
  // Names of deleted accounts and channels, as keyed hashes: nobody takes them again, nobody reads them.
  await database.schema.createTable('retired_names', (table) => {
    table.specificType('name_hash', 'BINARY(32)').notNullable().primary()
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['retired_names', 'mailed_codes', 'recovery_codes']) await database.schema.dropTableIfExists(table)
  await database.schema.alterTable('users', (table) => {
    for (const column of columns) table.dropColumn(column)
  })
}
