// Announced shows and reminders.
import type { Knex } from 'knex'
import { identify, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('shows', (table) => {
    identify(table)
    refer(table, 'channel_id', 'channels').notNullable()
    table.string('title', 100).notNullable()
    moment(table, 'starts_at').notNullable()
    moment(table, 'created_at').notNullable()
    moment(table, 'cancelled_at').nullable()
    table.index(['channel_id', 'starts_at'])
  })
  await database.schema.createTable('show_reminders', (table) => {
    refer(table, 'show_id', 'shows').notNullable()
    refer(table, 'user_id', 'users').notNullable()
    moment(table, 'due_at').notNullable()
    moment(table, 'told_at').nullable()
    table.primary(['show_id', 'user_id'])
    table.index(['user_id'])
    table.index(['told_at', 'due_at'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['show_reminders', 'shows']) await database.schema.dropTableIfExists(table)
}
