// Gifts and their versions, what was sent, what it adds up to, fans, and red packets. No foreign keys from money to people or channels: it outlives them.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

const WORD = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export async function up(database: Knex): Promise<void> {
  await createCatalogue(database)
  await createSendings(database)
  await createPackets(database)
  await database('task_turns').insert({ task: 'fans', turn: 0 })
}

async function createCatalogue(database: Knex): Promise<void> {
  await database.schema.createTable('gifts', (table) => {
    table.specificType('id', WORD(40)).notNullable().primary()
    table.specificType('draft', 'MEDIUMTEXT').notNullable()
    // The version on sale, or that was before it was retired; null: never published.
    table.integer('version').unsigned().nullable()
    table.boolean('retired').notNullable().defaultTo(false)
    moment(table, 'changed_at').notNullable()
  })
  // Never changed: what was sent keeps its price and looks.
  await database.schema.createTable('gift_versions', (table) => {
    table.specificType('gift_id', WORD(40)).notNullable()
    table.integer('version').unsigned().notNullable()
    table.specificType('draft', 'MEDIUMTEXT').notNullable()
    moment(table, 'published_at').notNullable()
    table.primary(['gift_id', 'version'])
  })
  await database.schema.createTable('gift_files', (table) => {
    table.specificType('file', WORD(80)).notNullable().primary()
    table.specificType('kind', WORD(8)).notNullable()
    table.integer('bytes').unsigned().notNullable()
    table.integer('duration_ms').unsigned().nullable()
    moment(table, 'at').notNullable()
  })
  await database.schema.createTable('gift_shares', (table) => {
    refer(table, 'channel_id', 'channels').notNullable().primary()
    table.integer('share').unsigned().notNullable()
  })
}

async function createSendings(database: Knex): Promise<void> {
  await database.schema.createTable('gift_sendings', (table) => {
    identify(table)
    for (const column of ['transfer_id', 'channel_id', 'host_id', 'sender_id', 'broadcast_id', 'combo_id']) table.specificType(column, ID_TYPE).notNullable()
    table.specificType('gift_id', WORD(40)).notNullable()
    table.integer('version').unsigned().notNullable()
    table.integer('quantity').unsigned().notNullable()
    table.bigInteger('total').notNullable()
    table.integer('share').unsigned().notNullable()
    table.bigInteger('beans').notNullable()
    table.integer('combo_count').unsigned().notNullable()
    table.integer('offset_ms').unsigned().nullable()
    moment(table, 'at').notNullable()
    // Whether the sums below have it in.
    table.boolean('counted').notNullable().defaultTo(false)
    table.index(['sender_id', 'channel_id', 'gift_id', 'at'])
    table.index(['channel_id', 'at'])
    table.index(['broadcast_id'])
    table.index(['counted', 'id'])
  })
  // What sendings add up to, for the rankings: `board` and `period` name one of them.
  await database.schema.createTable('gift_sums', (table) => {
    table.specificType('board', WORD(24)).notNullable()
    table.specificType('period', WORD(24)).notNullable()
    table.specificType('subject_id', ID_TYPE).notNullable()
    table.bigInteger('total').notNullable()
    table.primary(['board', 'period', 'subject_id'])
    table.index(['board', 'period', 'total'])
  })
  await database.schema.createTable('gift_fans', (table) => {
    table.specificType('channel_id', ID_TYPE).notNullable()
    table.specificType('user_id', ID_TYPE).notNullable()
    table.bigInteger('coins').notNullable().defaultTo(0)
    table.bigInteger('watch_seconds').notNullable().defaultTo(0)
    moment(table, 'seen_at').notNullable()
    table.primary(['channel_id', 'user_id'])
    table.index(['user_id'])
  })
}

async function createPackets(database: Knex): Promise<void> {
  await database.schema.createTable('red_packets', (table) => {
    identify(table)
    for (const column of ['channel_id', 'sender_id', 'broadcast_id']) table.specificType(column, ID_TYPE).notNullable()
    table.bigInteger('total').notNullable()
    table.integer('shares').unsigned().notNullable()
    table.bigInteger('left_coins').notNullable()
    table.integer('left_shares').unsigned().notNullable()
    // open, empty or returned; whether it may be claimed yet is a matter of the times.
    table.specificType('state', WORD(10)).notNullable()
    table.integer('offset_ms').unsigned().nullable()
    moment(table, 'at').notNullable()
    moment(table, 'opens_at').notNullable()
    moment(table, 'closes_at').notNullable()
    table.index(['state', 'closes_at'])
    table.index(['channel_id', 'state'])
  })
  await database.schema.createTable('packet_claims', (table) => {
    table.specificType('packet_id', ID_TYPE).notNullable()
    table.specificType('user_id', ID_TYPE).notNullable()
    table.bigInteger('amount').notNullable()
    moment(table, 'at').notNullable()
    table.primary(['packet_id', 'user_id'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['packet_claims', 'red_packets', 'gift_fans', 'gift_sums', 'gift_sendings', 'gift_shares', 'gift_files', 'gift_versions', 'gifts']) await database.schema.dropTableIfExists(table)
  await database('task_turns').where({ task: 'fans' }).delete()
}
