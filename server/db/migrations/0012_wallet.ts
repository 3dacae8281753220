// The ledger, the platform's rates, and the outbox.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment, refer } from '../columns.ts'

const WORD = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

/** What was written there stays as it is. */
const KEPT = ['ledger_transfers', 'ledger_entries']
/** ER_BINLOG_CREATE_ROUTINE_NEED_SUPER, ER_TABLEACCESS_DENIED, ER_SPECIFIC_ACCESS_DENIED: some hosted databases let nobody make triggers. */
const notAllowed = new Set<unknown>([1419, 1142, 1227])

async function forbid(database: Knex, table: string, act: string): Promise<void> {
  try {
    await database.raw(`CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The ledger is append only'`)
  } catch (error) {
    // The application neither updates nor deletes them; this is the second lock on the door.
    if (!notAllowed.has((error as { errno?: unknown }).errno)) throw error
  }
}

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('ledger_accounts', (table) => {
    // Given by AccountBook: rows are locked in ascending order, and the busiest come last.
    table.bigInteger('id').unsigned().notNullable().primary()
    table.specificType('kind', WORD(12)).notNullable()
    // A user's id, a provider's name, or empty: the platform. No foreign key: money outlives accounts.
    table.specificType('owner', WORD(40)).notNullable()
    table.specificType('currency', WORD(4)).notNullable()
    // An account that many write to is several rows, read as one balance.
    table.specificType('lane', 'TINYINT UNSIGNED').notNullable()
    table.bigInteger('balance').notNullable().defaultTo(0)
    table.boolean('locked').notNullable().defaultTo(false)
    table.unique(['kind', 'owner', 'currency', 'lane'])
  })
  await database.schema.createTable('ledger_transfers', (table) => {
    table.bigIncrements('seq')
    table.specificType('id', ID_TYPE).notNullable().unique()
    table.specificType('type', WORD(24)).notNullable()
    table.specificType('reference', WORD(64)).notNullable()
    table.string('note', 200).notNullable().defaultTo('')
    table.specificType('scope', WORD(64)).notNullable()
    table.specificType('idempotency_key', WORD(64)).notNullable()
    table.specificType('request_hash', 'CHAR(43) CHARACTER SET ascii COLLATE ascii_bin').notNullable()
    table.specificType('reverses', ID_TYPE).nullable().unique()
    table.foreign('reverses').references('ledger_transfers.id')
    table.text('result').notNullable()
    moment(table, 'at').notNullable()
    table.unique(['scope', 'idempotency_key'])
    table.index(['type', 'seq'])
    table.index(['reference'])
    table.index(['at'])
  })
  await database.schema.createTable('ledger_entries', (table) => {
    table.bigIncrements('id')
    refer(table, 'transfer_id', 'ledger_transfers', 'RESTRICT').notNullable()
    table.bigInteger('account_id').unsigned().notNullable().references('ledger_accounts.id').onDelete('RESTRICT')
    table.bigInteger('amount').notNullable()
    // Of this row of the account, afterwards.
    table.bigInteger('balance').notNullable()
    table.index(['account_id', 'id'])
  })
  // The code keeps these rules; the database does not take its word for it.
  await database.raw("ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_not_overdrawn CHECK (balance >= 0 OR kind NOT IN ('user', 'held'))")
  await database.raw('ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_move_something CHECK (amount <> 0)')
  for (const table of KEPT) for (const act of ['UPDATE', 'DELETE']) await forbid(database, table, act)
  await database.schema.createTable('rates', (table) => {
    table.increments('version')
    table.text('rates').notNullable()
    refer(table, 'set_by', 'users', 'SET NULL').nullable()
    moment(table, 'at').notNullable()
  })
  await database.schema.createTable('reconciliations', (table) => {
    identify(table)
    table.specificType('cause', WORD(12)).notNullable()
    moment(table, 'started_at').notNullable().index()
    moment(table, 'finished_at').nullable()
    table.specificType('report', 'MEDIUMTEXT').nullable()
  })
  // Facts that were committed with what they tell of, until they have been told.
  await database.schema.createTable('outbox', (table) => {
    table.bigIncrements('id')
    table.specificType('topic', WORD(40)).notNullable()
    table.specificType('payload', 'MEDIUMTEXT').notNullable()
    table.integer('attempts').notNullable().defaultTo(0)
    // Nobody takes it before then: it is being told, or waits after a failure.
    moment(table, 'due_at').notNullable().index()
    moment(table, 'created_at').notNullable()
  })
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['outbox', 'reconciliations', 'rates', 'ledger_entries', 'ledger_transfers', 'ledger_accounts']) await database.schema.dropTableIfExists(table)
}
