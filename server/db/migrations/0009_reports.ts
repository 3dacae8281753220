// Reports with their evidence.
import type { Knex } from 'knex'
import { ID_TYPE, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('reports', (table) => {
    // Counts up, for paging; `id` is what others see.
    table.bigIncrements('seq')
    table.specificType('id', ID_TYPE).notNullable().unique()
    refer(table, 'reporter_id', 'users', 'SET NULL').nullable()
    // message, user or broadcast
    table.string('type', 16).notNullable()
    table.specificType('target_id', ID_TYPE).notNullable()
    // Who answers for it.
    refer(table, 'accused_id', 'users', 'SET NULL').nullable()
    refer(table, 'channel_id', 'channels', 'SET NULL').nullable()
    table.specificType('broadcast_id', ID_TYPE).nullable()
    table.string('reason', 16).notNullable()
    table.string('text', 500).notNullable()
    table.specificType('evidence', 'MEDIUMTEXT CHARACTER SET utf8mb4').notNullable()
    table.boolean('has_snapshot').notNullable().defaultTo(false)
    // open or handled
    table.string('state', 8).notNullable()
    // Reporter and target while open: the unique index allows one open report of each.
    table.specificType('open_key', 'VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin').nullable().unique()
    refer(table, 'handled_by', 'users', 'SET NULL').nullable()
    moment(table, 'handled_at').nullable()
    table.string('outcome', 100).notNullable().defaultTo('')
    table.string('note', 300).notNullable().defaultTo('')
    moment(table, 'created_at').notNullable()
    moment(table, 'updated_at').notNullable()
    table.index(['state', 'seq'])
    table.index(['target_id', 'state'])
  })
}

export async function down(database: Knex): Promise<void> {
  await database.schema.dropTableIfExists('reports')
}
