// The shop's shelf, the codes that are its digital goods, and what was ordered.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('goods', (table) => {
    identify(table)
    table.string('kind', 12).notNullable()
    table.string('name_en', 60).notNullable()
    table.string('name_zh', 60).notNullable()
    table.text('text_en').notNullable()
    table.text('text_zh').notNullable()
    table.specificType('picture', ID_TYPE).nullable()
    table.bigInteger('price').notNullable()
    // Null: no end of them.
    table.integer('stock').unsigned().nullable()
    table.integer('per_person').unsigned().nullable()
    table.text('granted').notNullable()
    table.boolean('on_sale').notNullable()
    table.integer('place').unsigned().notNullable()
    table.integer('sold').unsigned().notNullable().defaultTo(0)
    moment(table, 'created_at').notNullable()
    table.index(['on_sale', 'place'])
  })
  await database.schema.createTable('goods_orders', (table) => {
    table.bigIncrements('seq')
    table.specificType('id', ID_TYPE).notNullable().unique()
    refer(table, 'goods_id', 'goods', 'RESTRICT').notNullable()
    refer(table, 'user_id', 'users', 'RESTRICT').notNullable()
    // As they were when it was bought.
    table.string('name_en', 60).notNullable()
    table.string('name_zh', 60).notNullable()
    table.integer('quantity').unsigned().notNullable()
    table.bigInteger('total').notNullable()
    table.text('granted').notNullable()
    table.string('state', 12).notNullable()
    // Sealed; gone with the account.
    table.binary('address').nullable()
    table.string('tracking', 100).notNullable().defaultTo('')
    table.string('reason', 200).notNullable().defaultTo('')
    table.specificType('transfer_id', ID_TYPE).notNullable().unique()
    moment(table, 'created_at').notNullable()
    moment(table, 'changed_at').notNullable()
    table.index(['user_id', 'goods_id', 'state'])
    table.index(['state', 'seq'])
  })
  await database.schema.createTable('goods_codes', (table) => {
    table.bigIncrements('id')
    refer(table, 'goods_id', 'goods').notNullable()
    table.specificType('hash', 'BINARY(32)').notNullable()
    table.binary('code').notNullable()
    table.specificType('order_id', ID_TYPE).nullable().index()
    table.unique(['goods_id', 'hash'])
    table.index(['goods_id', 'order_id', 'id'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['goods_codes', 'goods_orders', 'goods']) await database.schema.dropTableIfExists(table)
}
