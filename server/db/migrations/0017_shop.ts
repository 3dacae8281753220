// The tables of: shop.
import type { Knex } from 'knex'

export async function up(_database: Knex): Promise<void> {}

export async function down(_database: Knex): Promise<void> {}
