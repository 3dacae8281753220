// What was paid for guarding a host, and who guards whom until when.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  // Never changed: what the ledger's transfers were for.
  await database.schema.createTable('guard_purchases', (table) => {
    identify(table)
    refer(table, 'channel_id', 'channels', 'RESTRICT').notNullable()
    refer(table, 'user_id', 'users', 'RESTRICT').notNullable()
    table.string('term', 8).notNullable()
    table.bigInteger('price').notNullable()
    table.bigInteger('beans').notNullable()
    table.specificType('transfer_id', ID_TYPE).notNullable().unique()
    moment(table, 'until').notNullable()
    moment(table, 'at').notNullable()
    table.index(['channel_id', 'at'])
  })
  await database.schema.createTable('guardians', (table) => {
    refer(table, 'channel_id', 'channels').notNullable()
    refer(table, 'user_id', 'users').notNullable()
    moment(table, 'since').notNullable()
    // At least of that term until then: week_until >= month_until >= year_until.
    moment(table, 'week_until').notNullable()
    moment(table, 'month_until').notNullable()
    moment(table, 'year_until').notNullable()
    // When the person is to be told of the end; null: all was told.
    moment(table, 'notice_at').nullable().index()
    table.primary(['channel_id', 'user_id'])
    table.index(['channel_id', 'week_until'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['guardians', 'guard_purchases']) await database.schema.dropTableIfExists(table)
}
