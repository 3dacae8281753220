// Moderators, sanctions, words and the audit record.
import type { Knex } from 'knex'
import { ID_TYPE, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  // One row a channel: locked and raised first by every act, so that acts follow each other and caches know when to load anew.
  await database.schema.createTable('standing_revisions', (table) => {
    refer(table, 'channel_id', 'channels').notNullable().primary()
    table.integer('revision').unsigned().notNullable().defaultTo(1)
  })
  await database.schema.createTable('channel_moderators', (table) => {
    refer(table, 'channel_id', 'channels').notNullable()
    refer(table, 'user_id', 'users').notNullable()
    refer(table, 'added_by', 'users', 'SET NULL').nullable()
    moment(table, 'added_at').notNullable()
    table.primary(['channel_id', 'user_id'])
  })
  await database.schema.createTable('sanctions', (table) => {
    table.bigIncrements('id')
    refer(table, 'channel_id', 'channels').notNullable()
    // Without its user a ban still holds for the browsers it knows.
    refer(table, 'user_id', 'users', 'SET NULL').nullable()
    table.string('kind', 8).notNullable()
    table.specificType('broadcast_id', ID_TYPE).nullable()
    moment(table, 'until').nullable()
    table.string('reason', 200).notNullable()
    refer(table, 'by_id', 'users', 'SET NULL').nullable()
    moment(table, 'created_at').notNullable()
    moment(table, 'ended_at').nullable()
    refer(table, 'ended_by', 'users', 'SET NULL').nullable()
    // Channel, user and what it takes away while it holds, NULL once lifted or replaced: the unique index allows one of each.
    table.specificType('active_key', 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin').nullable().unique()
    table.index(['channel_id', 'id'])
  })
  await database.schema.createTable('sanction_traces', (table) => {
    table.bigInteger('sanction_id').unsigned().notNullable()
    table.foreign('sanction_id').references('sanctions.id').onDelete('CASCADE')
    // `visitor` or `address`: the browser's id, or the keyed hash of the network address.
    table.specificType('kind', 'VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin').notNullable()
    table.specificType('value', 'VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin').notNullable()
    moment(table, 'seen_at').notNullable()
    table.primary(['sanction_id', 'kind', 'value'])
  })
  await database.schema.createTable('lexicons', (table) => {
    // A channel's id, or `platform`.
    table.specificType('scope', ID_TYPE).notNullable().primary()
    table.specificType('entries', 'MEDIUMTEXT CHARACTER SET utf8mb4').notNullable()
    table.integer('revision').unsigned().notNullable()
    moment(table, 'changed_at').notNullable()
  })
  // No foreign keys: the record outlives what it speaks of.
  await database.schema.createTable('audit', (table) => {
    table.bigIncrements('id')
    table.specificType('actor_id', ID_TYPE).nullable()
    table.specificType('channel_id', ID_TYPE).nullable()
    table.specificType('target_id', ID_TYPE).nullable()
    table.string('action', 32).notNullable()
    table.string('reason', 300).notNullable()
    table.specificType('detail', 'MEDIUMTEXT CHARACTER SET utf8mb4').notNullable()
    moment(table, 'at').notNullable()
    table.index(['channel_id', 'id'])
    table.index(['action', 'id'])
    table.index(['target_id', 'id'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['audit', 'lexicons', 'sanction_traces', 'sanctions', 'channel_moderators', 'standing_revisions']) await database.schema.dropTableIfExists(table)
}
