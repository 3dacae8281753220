// The columns that every table spells alike: ids, references to them, and times.
import type { Knex } from 'knex'

/** The type of an opaque id, for columns that name something without referring to its row. */
export const ID_TYPE = 'CHAR(16) CHARACTER SET ascii COLLATE ascii_bin'

/** The primary key `id`: an opaque id. */
export function identify(table: Knex.CreateTableBuilder): void {
  table.specificType('id', ID_TYPE).notNullable().primary()
}

/** A column that refers to another table's `id`; by default the row goes when that one goes. */
export function refer(table: Knex.CreateTableBuilder, column: string, target: string, onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT' = 'CASCADE'): Knex.ColumnBuilder {
  const builder = table.specificType(column, ID_TYPE)
  table.foreign(column).references(`${target}.id`).onDelete(onDelete)
  return builder
}

/** A point in time, UTC, to the millisecond. */
export function moment(table: Knex.CreateTableBuilder, column: string): Knex.ColumnBuilder {
  return table.datetime(column, { precision: 3 })
}
