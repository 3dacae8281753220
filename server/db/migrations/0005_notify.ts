// Notifications, push subscriptions, what each user wants to hear, and which broadcasts followers were told of.
import type { Knex } from 'knex'
import { moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('notifications', (table) => {
    table.bigIncrements('id')
    refer(table, 'user_id', 'users').notNullable()
    table.string('kind', 24).notNullable()
    refer(table, 'actor_id', 'users').nullable()
    refer(table, 'channel_id', 'channels').nullable()
    table.string('text', 300).notNullable()
    table.string('link', 300).notNullable()
    // A user has at most one of a key; any number without.
    table.specificType('once_key', 'VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin').nullable()
    moment(table, 'created_at').notNullable()
    moment(table, 'read_at').nullable()
    table.unique(['user_id', 'once_key'])
    table.index(['user_id', 'id'])
    table.index(['user_id', 'read_at'])
    table.index(['created_at'])
  })
  await database.schema.createTable('notification_choices', (table) => {
    refer(table, 'user_id', 'users').notNullable()
    table.string('kind', 24).notNullable()
    table.string('way', 12).notNullable()
    table.boolean('wanted').notNullable()
    table.primary(['user_id', 'kind', 'way'])
  })
  await database.schema.createTable('push_subscriptions', (table) => {
    // SHA-256 of the endpoint, which is too long for an index itself.
    table.specificType('endpoint_hash', 'BINARY(32)').notNullable().primary()
    refer(table, 'user_id', 'users').notNullable()
    table.string('endpoint', 1000).notNullable()
    table.string('p256dh', 100).notNullable()
    table.string('auth', 40).notNullable()
    moment(table, 'created_at').notNullable()
    table.index(['user_id', 'created_at'])
  })
  await database.schema.createTable('live_announcements', (table) => {
    refer(table, 'broadcast_id', 'broadcasts').notNullable().primary()
    // The follow up to which followers were told; see follows.id.
    table.bigInteger('told_to').unsigned().notNullable().defaultTo(0)
    table.integer('told').unsigned().notNullable().defaultTo(0)
    moment(table, 'created_at').notNullable()
    moment(table, 'finished_at').nullable()
  })
  await database.schema.createTable('sealed_settings', (table) => {
    table.string('name', 40).notNullable().primary()
    table.specificType('value', 'VARBINARY(2000)').notNullable()
    moment(table, 'created_at').notNullable()
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['sealed_settings', 'live_announcements', 'push_subscriptions', 'notification_choices', 'notifications']) await database.schema.dropTableIfExists(table)
}
