// Conversations of two people and their messages. Users are not referred to by key: what the other one wrote outlives an account.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

/** Known to MySQL and MariaDB, and tells emoji apart when it searches. */
const TEXT = 'VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('private_conversations', (table) => {
    identify(table)
    // The smaller id first: one row a pair.
    table.specificType('one_id', ID_TYPE).notNullable()
    table.specificType('two_id', ID_TYPE).notNullable()
    table.specificType('started_by', ID_TYPE).nullable()
    table.boolean('accepted').notNullable().defaultTo(false)
    table.integer('last_seq').unsigned().notNullable().defaultTo(0)
    // Messages written before it was accepted; deleting the conversation does not start the count anew.
    table.integer('asked').unsigned().notNullable().defaultTo(0)
    moment(table, 'created_at').notNullable()
    table.unique(['one_id', 'two_id'])
  })
  await database.schema.createTable('private_members', (table) => {
    refer(table, 'conversation_id', 'private_conversations').notNullable()
    table.specificType('user_id', ID_TYPE).notNullable()
    table.specificType('other_id', ID_TYPE).notNullable()
    table.boolean('request').notNullable().defaultTo(false)
    table.integer('unread').unsigned().notNullable().defaultTo(0)
    table.integer('read_seq').unsigned().notNullable().defaultTo(0)
    // What the other may know to be read.
    table.integer('seen_seq').unsigned().notNullable().defaultTo(0)
    table.integer('hidden_seq').unsigned().notNullable().defaultTo(0)
    table.integer('version').unsigned().notNullable().defaultTo(0)
    table.boolean('gone').notNullable().defaultTo(false)
    moment(table, 'last_at').notNullable()
    table.primary(['conversation_id', 'user_id'])
    table.index(['user_id', 'request', 'last_at'])
  })
  await database.schema.createTable('private_messages', (table) => {
    identify(table)
    refer(table, 'conversation_id', 'private_conversations').notNullable()
    table.integer('seq').unsigned().notNullable()
    table.specificType('sender_id', ID_TYPE).notNullable()
    table.specificType('client_id', 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin').notNullable()
    table.specificType('text', TEXT).notNullable()
    table.string('state', 8).notNullable()
    moment(table, 'at').notNullable()
    table.unique(['conversation_id', 'seq'])
    table.unique(['conversation_id', 'sender_id', 'client_id'])
  })
  await database.schema.createTable('private_images', (table) => {
    identify(table)
    table.specificType('owner_id', ID_TYPE).notNullable()
    // Null until it was sent. Not a key of the messages: the row must outlive its message until the file is gone.
    table.specificType('message_id', ID_TYPE).nullable().unique()
    table.string('file', 32).notNullable()
    table.integer('width').unsigned().notNullable()
    table.integer('height').unsigned().notNullable()
    moment(table, 'created_at').notNullable()
    table.index(['owner_id'])
    table.index(['created_at'])
  })
  await database.schema.createTable('private_settings', (table) => {
    table.specificType('user_id', ID_TYPE).notNullable().primary()
    table.boolean('followed_only').notNullable().defaultTo(false)
    table.boolean('read_receipts').notNullable().defaultTo(true)
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['private_settings', 'private_images', 'private_messages', 'private_members', 'private_conversations']) await database.schema.dropTableIfExists(table)
}
