// What a message's author was to the host, and what a line about a gift, a red packet or a guard carries.
import type { Knex } from 'knex'

export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('chat_messages', (table) => {
    table.string('author_badges', 100).nullable()
    table.text('line_detail').nullable()
  })
}

export async function down(database: Knex): Promise<void> {
  await database.schema.alterTable('chat_messages', (table) => table.dropColumns('author_badges', 'line_detail'))
}
