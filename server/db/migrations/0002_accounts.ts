// Profiles, recovery and what else belongs to an account.
import type { Knex } from 'knex'

export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('users', (table) => {
    table.string('display_name', 40).nullable()
    table.string('avatar', 32).nullable()
    table.string('bio', 300).notNullable().defaultTo('')
    table.json('links').nullable()
    table.string('language', 8).nullable()
    table.string('email', 254).nullable()
  })
}

export async function down(database: Knex): Promise<void> {
  await database.schema.alterTable('users', (table) => {
    for (const column of ['display_name', 'avatar', 'bio', 'links', 'language', 'email']) table.dropColumn(column)
  })
}
