// Recharge: packages, orders, refunds, what payment providers told, and the sandbox provider's own book.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'
import { newId } from '../../core/newId.ts'

const WORD = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

/** Price in minor units, coins, bonus. */
const starters: ReadonlyArray<readonly ['CNY' | 'USD', number, number, number, { en: string; zh: string }?]> = [
  ['CNY', 600, 600, 0],
  ['CNY', 3000, 3000, 100],
  ['CNY', 6800, 6800, 400, { en: 'Popular', zh: '人气' }],
  ['CNY', 12800, 12800, 1000],
  ['CNY', 32800, 32800, 3600],
  ['CNY', 64800, 64800, 9800, { en: 'Best value', zh: '超值' }],
  ['USD', 99, 700, 0],
  ['USD', 499, 3500, 150],
  ['USD', 999, 7000, 500, { en: 'Popular', zh: '人气' }],
  ['USD', 1999, 14000, 1400],
  ['USD', 4999, 35000, 4500],
  ['USD', 9999, 70000, 11000, { en: 'Best value', zh: '超值' }],
]

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('recharge_packages', (table) => {
    identify(table)
    table.specificType('currency', WORD(4)).notNullable()
    table.bigInteger('price').notNullable()
    table.bigInteger('coins').notNullable()
    table.bigInteger('bonus').notNullable().defaultTo(0)
    table.integer('position').notNullable().defaultTo(0)
    table.boolean('on_sale').notNullable().defaultTo(true)
    table.string('badge_en', 24).notNullable().defaultTo('')
    table.string('badge_zh', 24).notNullable().defaultTo('')
    moment(table, 'removed_at').nullable()
    moment(table, 'changed_at').notNullable()
  })
  const now = new Date()
  await database('recharge_packages').insert(
    starters.map(([currency, price, coins, bonus, badge], position) => ({ id: newId(), currency, price, coins, bonus, position, badge_en: badge?.en ?? '', badge_zh: badge?.zh ?? '', changed_at: now })),
  )
  await database.schema.createTable('recharge_orders', (table) => {
    // In the order of making, for paging.
    table.bigIncrements('seq')
    table.specificType('id', ID_TYPE).notNullable().unique()
    // No foreign key: money outlives accounts.
    table.specificType('user_id', ID_TYPE).notNullable()
    table.specificType('idempotency_key', WORD(64)).notNullable()
    table.specificType('package_id', ID_TYPE).notNullable()
    // What the package was then.
    table.specificType('currency', WORD(4)).notNullable()
    table.bigInteger('price').notNullable()
    table.bigInteger('coins').notNullable()
    table.bigInteger('bonus').notNullable()
    table.specificType('provider', WORD(12)).notNullable()
    table.specificType('way_kind', WORD(12)).notNullable()
    table.text('way').nullable()
    table.specificType('state', WORD(12)).notNullable()
    table.bigInteger('paid').notNullable().defaultTo(0)
    table.bigInteger('refunded').notNullable().defaultTo(0)
    table.bigInteger('lost_coins').notNullable().defaultTo(0)
    table.specificType('payment_id', WORD(80)).nullable()
    moment(table, 'created_at').notNullable()
    moment(table, 'paid_at').nullable()
    moment(table, 'credited_at').nullable()
    moment(table, 'ended_at').nullable()
    // When the provider was last asked for a page, and when the sweep asks next.
    moment(table, 'asked_at').nullable()
    moment(table, 'check_at').nullable()
    table.unique(['user_id', 'idempotency_key'])
    table.index(['user_id', 'seq'])
    table.index(['check_at'])
    table.index(['state', 'seq'])
    table.index(['provider', 'paid_at'])
    table.index(['payment_id'])
  })
  await database.schema.createTable('recharge_refunds', (table) => {
    // Named to the provider, which does it once.
    identify(table)
    table.specificType('order_id', ID_TYPE).notNullable()
    table.specificType('idempotency_key', WORD(64)).notNullable()
    table.bigInteger('amount').notNullable()
    table.string('reason', 200).notNullable()
    table.specificType('state', WORD(12)).notNullable()
    refer(table, 'requested_by', 'users', 'SET NULL').nullable()
    moment(table, 'at').notNullable()
    table.unique(['order_id', 'idempotency_key'])
  })
  await database.schema.createTable('payment_events', (table) => {
    table.bigIncrements('id')
    table.specificType('provider', WORD(12)).notNullable()
    table.specificType('event_id', WORD(120)).notNullable()
    table.specificType('kind', WORD(12)).notNullable()
    // As the provider wrote it: it need not be an order of ours.
    table.string('order_id', 64).notNullable()
    table.bigInteger('amount').notNullable()
    table.string('currency', 8).notNullable()
    table.string('merchant', 120).notNullable()
    table.specificType('outcome', WORD(12)).notNullable()
    table.specificType('why', WORD(24)).nullable()
    table.specificType('transfer_id', ID_TYPE).nullable()
    moment(table, 'at').notNullable()
    table.unique(['provider', 'event_id'])
    table.index(['order_id'])
    table.index(['outcome', 'at'])
  })
  // What a provider's own book says of a day; `missing`: why there is none.
  await database.schema.createTable('provider_bills', (table) => {
    table.specificType('provider', WORD(12)).notNullable()
    table.specificType('day', 'CHAR(10) CHARACTER SET ascii COLLATE ascii_bin').notNullable()
    table.specificType('lines', 'MEDIUMTEXT').nullable()
    table.string('missing', 200).nullable()
    moment(table, 'at').notNullable()
    table.primary(['provider', 'day'])
  })
  await database.schema.createTable('sandbox_payments', (table) => {
    table.specificType('order_id', ID_TYPE).notNullable().primary()
    table.specificType('payment_id', ID_TYPE).notNullable()
    table.specificType('currency', WORD(4)).notNullable()
    table.bigInteger('amount').notNullable()
    table.bigInteger('refunded').notNullable().defaultTo(0)
    table.specificType('state', WORD(12)).notNullable()
    moment(table, 'paid_at').nullable().index()
  })
  await database.schema.createTable('sandbox_refunds', (table) => {
    table.specificType('id', ID_TYPE).notNullable().primary()
    table.specificType('order_id', ID_TYPE).notNullable()
    table.bigInteger('amount').notNullable()
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['sandbox_refunds', 'sandbox_payments', 'provider_bills', 'payment_events', 'recharge_refunds', 'recharge_orders', 'recharge_packages']) await database.schema.dropTableIfExists(table)
}
