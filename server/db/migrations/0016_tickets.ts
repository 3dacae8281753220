// Paid shows: what they ask for, who paid, and who has had a preview.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

const WORD = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export async function up(database: Knex): Promise<void> {
  // What the next show asks for, and what each show asked for when it began; NULL: free.
  for (const name of ['channels', 'broadcasts'])
    await database.schema.alterTable(name, (table) => {
      table.specificType('ticket_kind', WORD(8)).nullable()
      table.bigInteger('ticket_price').nullable()
      table.specificType('ticket_preview', 'SMALLINT UNSIGNED').nullable()
    })
  await database.schema.createTable('tickets', (table) => {
    identify(table)
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable()
    // No foreign key: money outlives accounts.
    table.specificType('user_id', ID_TYPE).notNullable().index()
    table.bigInteger('price').notNullable()
    table.bigInteger('beans').notNullable()
    table.specificType('transfer_id', ID_TYPE).notNullable().unique()
    moment(table, 'bought_at').notNullable()
    moment(table, 'refunded_at').nullable()
    table.unique(['broadcast_id', 'user_id'])
  })
  await database.schema.createTable('ticket_minutes', (table) => {
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable()
    table.specificType('user_id', ID_TYPE).notNullable().index()
    table.specificType('minute', 'INT UNSIGNED').notNullable()
    table.bigInteger('price').notNullable()
    table.bigInteger('beans').notNullable()
    table.specificType('transfer_id', ID_TYPE).notNullable().unique()
    moment(table, 'charged_at').notNullable()
    moment(table, 'refunded_at').nullable()
    table.primary(['broadcast_id', 'user_id', 'minute'])
  })
  // Who agreed to pay by the minute, and how far it is paid.
  await database.schema.createTable('ticket_consents', (table) => {
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable()
    table.specificType('user_id', ID_TYPE).notNullable().index()
    table.boolean('going').notNullable()
    table.bigInteger('cap').nullable()
    table.specificType('minutes', 'INT UNSIGNED').notNullable().defaultTo(0)
    table.bigInteger('spent').notNullable().defaultTo(0)
    moment(table, 'paid_until').nullable()
    table.specificType('stopped', WORD(8)).nullable()
    moment(table, 'agreed_at').notNullable()
    table.primary(['broadcast_id', 'user_id'])
  })
  // When a person's one preview of a show began: by account, browser or address.
  await database.schema.createTable('ticket_previews', (table) => {
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable()
    table.specificType('subject', WORD(48)).notNullable()
    // Of those without an account; bounds how many previews one address gets.
    table.specificType('address_hash', WORD(32)).nullable()
    moment(table, 'began_at').notNullable()
    table.primary(['broadcast_id', 'subject'])
    table.index(['broadcast_id', 'address_hash'])
  })
  // Ended paid shows that are done with: kept, or all paid back.
  await database.schema.createTable('ticket_settlements', (table) => {
    refer(table, 'broadcast_id', 'broadcasts', 'RESTRICT').notNullable().primary()
    table.boolean('refunded').notNullable()
    moment(table, 'settled_at').notNullable()
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['ticket_settlements', 'ticket_previews', 'ticket_consents', 'ticket_minutes', 'tickets']) await database.schema.dropTableIfExists(table)
  for (const name of ['channels', 'broadcasts'])
    await database.schema.alterTable(name, (table) => table.dropColumns('ticket_kind', 'ticket_price', 'ticket_preview'))
}
