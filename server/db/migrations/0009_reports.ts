// Reports with their evidence.
import type { Knex } from 'knex'

export async function up(_database: Knex): Promise<void> {
  await Promise.resolve()
}

export async function down(_database: Knex): Promise<void> {
  await Promise.resolve()
}
