// Users, channels, broadcasts and replays: what the live path remembers.
import type { Knex } from 'knex'
import { identify, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('users', (table) => {
    identify(table)
    table.string('name', 32).notNullable().unique()
    table.string('password_hash', 255).notNullable()
    table.string('role', 16).notNullable().defaultTo('user')
    table.boolean('disabled').notNullable().defaultTo(false)
    table.datetime('created_at', { precision: 3 }).notNullable()
  })
  await database.schema.createTable('channels', (table) => {
    identify(table)
    refer(table, 'owner_id', 'users', 'RESTRICT').notNullable().unique()
    table.string('name', 32).notNullable().unique()
    table.string('title', 100).notNullable()
    table.string('category', 32).notNullable()
    table.string('cover', 32).nullable()
    table.boolean('record').notNullable().defaultTo(true)
    table.specificType('key_hash', 'BINARY(32)').notNullable().unique()
    table.specificType('key_sealed', 'VARBINARY(255)').notNullable()
    table.datetime('created_at', { precision: 3 }).notNullable()
  })
  await database.schema.createTable('broadcasts', (table) => {
    identify(table)
    refer(table, 'channel_id', 'channels', 'RESTRICT').notNullable()
    // The channel while the broadcast runs, NULL afterwards: the unique index allows one running broadcast a channel.
    refer(table, 'running_channel_id', 'channels', 'RESTRICT').nullable().unique()
    table.string('title', 100).notNullable()
    table.string('source', 16).notNullable()
    table.string('state', 16).notNullable()
    table.string('end_reason', 300).nullable()
    table.datetime('started_at', { precision: 3 }).notNullable()
    table.datetime('live_at', { precision: 3 }).nullable()
    table.datetime('ended_at', { precision: 3 }).nullable()
    table.index(['channel_id', 'started_at'])
  })
  await database.schema.createTable('replays', (table) => {
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable().primary()
    table.string('state', 16).notNullable()
    table.bigInteger('duration_ms').notNullable().defaultTo(0)
    table.bigInteger('bytes').notNullable().defaultTo(0)
    table.integer('width').notNullable().defaultTo(0)
    table.integer('height').notNullable().defaultTo(0)
    table.string('failure', 300).nullable()
    table.datetime('updated_at', { precision: 3 }).notNullable()
    table.index(['state'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['replays', 'broadcasts', 'channels', 'users']) await database.schema.dropTableIfExists(table)
}
