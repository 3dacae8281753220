// Room chat: what was said, how each room is set, and how often it was liked.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('chat_rooms', (table) => {
    refer(table, 'channel_id', 'channels').notNullable().primary()
    // The newest message's number. Its row lock puts the writers of a channel in one line, on every server.
    table.integer('last_seq').unsigned().notNullable().defaultTo(0)
    table.json('modes').nullable()
    table.specificType('pinned_id', ID_TYPE).nullable()
  })
  await database.schema.createTable('chat_messages', (table) => {
    identify(table)
    refer(table, 'channel_id', 'channels').notNullable()
    table.integer('seq').unsigned().notNullable()
    refer(table, 'broadcast_id', 'broadcasts', 'SET NULL').nullable()
    table.integer('offset_ms').nullable()
    moment(table, 'at').notNullable()
    // No foreign key: what a deleted account wrote must still be found to be erased.
    table.specificType('author_id', ID_TYPE).nullable()
    table.string('author_role', 16).nullable()
    table.specificType('client_id', 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin').nullable()
    table.string('text', 400).notNullable()
    table.specificType('reply_to', ID_TYPE).nullable()
    table.json('mentions').nullable()
    table.string('style', 32).nullable()
    table.string('line', 32).nullable()
    table.string('line_name', 64).nullable()
    table.specificType('line_user_id', ID_TYPE).nullable()
    // said, held, recalled, deleted or dropped
    table.string('state', 16).notNullable()
    table.specificType('removed_by', ID_TYPE).nullable()
    moment(table, 'removed_at').nullable()
    table.unique(['channel_id', 'seq'])
    table.unique(['channel_id', 'author_id', 'client_id'])
    table.index(['channel_id', 'state', 'seq'])
    table.index(['broadcast_id', 'offset_ms'])
    table.index(['author_id'])
    table.index(['line_user_id'])
  })
  await database.schema.createTable('chat_likes', (table) => {
    // A broadcast's id, or a channel's for likes off air.
    table.specificType('subject_id', ID_TYPE).notNullable().primary()
    refer(table, 'channel_id', 'channels').notNullable()
    table.bigInteger('total').notNullable().defaultTo(0)
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['chat_likes', 'chat_messages', 'chat_rooms']) await database.schema.dropTableIfExists(table)
}
