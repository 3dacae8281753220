// Withdrawals: where money is paid to, what was asked for, and every step it took.
import type { Knex } from 'knex'
import { ID_TYPE, moment, refer } from '../columns.ts'

const WORD = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('payees', (table) => {
    refer(table, 'user_id', 'users', 'RESTRICT').notNullable().primary()
    // Sealed JSON of method, account and holder.
    table.specificType('sealed', 'VARBINARY(1200)').notNullable()
    table.boolean('verified').notNullable().defaultTo(false)
    refer(table, 'verified_by', 'users', 'SET NULL').nullable()
    moment(table, 'verified_at').nullable()
    moment(table, 'updated_at').notNullable()
    table.index(['verified', 'updated_at'])
  })
  await database.schema.createTable('withdrawals', (table) => {
    table.bigIncrements('seq')
    table.specificType('id', ID_TYPE).notNullable().unique()
    refer(table, 'user_id', 'users', 'RESTRICT').notNullable()
    table.specificType('state', WORD(16)).notNullable()
    table.bigInteger('beans').notNullable()
    table.integer('beans_per_minor_unit').unsigned().notNullable()
    table.integer('cut_basis_points').unsigned().notNullable()
    table.bigInteger('gross').notNullable()
    table.bigInteger('cut').notNullable()
    table.bigInteger('money').notNullable()
    table.specificType('currency', WORD(4)).notNullable()
    table.boolean('needs_two').notNullable()
    // As the payee was when it was asked for, which is what the approvers saw; erased with the account once it is over.
    table.specificType('payee_sealed', 'VARBINARY(1200)').nullable()
    refer(table, 'first_approver', 'users', 'SET NULL').nullable()
    refer(table, 'second_approver', 'users', 'SET NULL').nullable()
    table.string('reason', 200).notNullable().defaultTo('')
    table.string('payment_reference', 64).notNullable().defaultTo('')
    moment(table, 'requested_at').notNullable()
    table.index(['user_id', 'seq'])
    table.index(['user_id', 'requested_at'])
    table.index(['state', 'seq'])
  })
  await database.schema.createTable('withdrawal_steps', (table) => {
    table.bigIncrements('seq')
    table.specificType('withdrawal_id', ID_TYPE).notNullable()
    table.specificType('state', WORD(16)).notNullable()
    refer(table, 'actor_id', 'users', 'SET NULL').nullable()
    moment(table, 'at').notNullable()
    // Each state is reached once.
    table.unique(['withdrawal_id', 'state'])
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['withdrawal_steps', 'withdrawals', 'payees']) await database.schema.dropTableIfExists(table)
}
