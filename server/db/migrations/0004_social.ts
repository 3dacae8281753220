// Follows, how many each user has of them, and blocks.
import type { Knex } from 'knex'
import { moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('follows', (table) => {
    // Grows with every follow: the order of lists, and the mark that a page of one ends at.
    table.bigIncrements('id')
    refer(table, 'follower_id', 'users').notNullable()
    refer(table, 'followed_id', 'users').notNullable()
    moment(table, 'since').notNullable()
    /** Whether the follower wants to hear of the other's broadcasts. */
    table.boolean('live_notices').notNullable().defaultTo(true)
    table.unique(['follower_id', 'followed_id'])
    table.index(['follower_id', 'id'])
    table.index(['followed_id', 'id'])
  })
  await database.schema.createTable('follow_counts', (table) => {
    refer(table, 'user_id', 'users').notNullable().primary()
    table.integer('followers').unsigned().notNullable().defaultTo(0)
    table.integer('following').unsigned().notNullable().defaultTo(0)
  })
  await database.schema.createTable('blocks', (table) => {
    table.bigIncrements('id')
    refer(table, 'blocker_id', 'users').notNullable()
    refer(table, 'blocked_id', 'users').notNullable()
    moment(table, 'created_at').notNullable()
    table.unique(['blocker_id', 'blocked_id'])
    table.index(['blocker_id', 'id'])
    table.index(['blocked_id'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['blocks', 'follow_counts', 'follows']) await database.schema.dropTableIfExists(table)
}
