// Which server processes live, and which of them carries a running broadcast.
import type { Knex } from 'knex'
import { ID_TYPE, identify, moment } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('servers', (table) => {
    identify(table)
    // Host and port: whoever starts there knows that the former process is gone.
    table.string('address', 255).notNullable()
    moment(table, 'started_at').notNullable()
    // By the database's clock, so that the machines' need not agree.
    moment(table, 'heard_at').notNullable()
    table.index(['address'])
    table.index(['heard_at'])
  })
  await database.schema.alterTable('broadcasts', (table) => {
    // No foreign key: a server's row goes when the server does, and what it carried is then anyone's to take up.
    table.specificType('server_id', ID_TYPE).nullable()
    // The connection that feeds it now; NULL while it waits for its host.
    table.specificType('publish_id', ID_TYPE).nullable()
  })
}

export async function down(database: Knex): Promise<void> {
  await database.schema.alterTable('broadcasts', (table) => table.dropColumns('server_id', 'publish_id'))
  await database.schema.dropTableIfExists('servers')
}
