// The connection pool to MySQL or MariaDB, from one URL.
import knex from 'knex'
import type { Knex } from 'knex'

export type Database = Knex

/** @param url `mysql://user:password@host:3306/name`, or with `?socketPath=/run/mysqld.sock`. */
export function openDatabase({ url, poolSize = 10 }: { url: string; poolSize?: number }): Database {
  return knex({
    client: 'mysql2',
    connection: connectionOf(url),
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 10_000,
  })
}

function connectionOf(url: string): Knex.MySql2ConnectionConfig {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const socketPath = searchParams.get('socketPath')
  return {
    ...(socketPath ? { socketPath } : { host: hostname, port: port ? Number(port) : 3306 }),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
  }
}
