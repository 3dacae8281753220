/** A newcomer should not need to set up a database: this runs a MariaDB of our own on a unix socket. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import type { PrivateServer, PrivateServerOptions } from './PrivateServer.ts'
import { socketFolder } from './socketFolder.ts'
import { startDaemon } from './startDaemon.ts'

const DATABASE = 'footlight'
const SOCKET = 'mariadb.sock'
const MARIADBD = '/usr/sbin/mariadbd'

/**
 * Starts it and makes the database if there is none yet. `url` is a DATABASE_URL for mysql2.
 * Root has no password; the socket's folder lets nobody else in.
 * @throws Error when the folder is in use or the server does not start; the message ends with its last log lines.
 */
export async function startPrivateMariadb({ dataDir, log }: PrivateServerOptions): Promise<PrivateServer> {
  const dir = path.resolve(dataDir)
  const socket = path.join(await socketFolder(dir, SOCKET), SOCKET)
  const pidFile = path.join(dir, 'mariadb.pid')
  const files = path.join(dir, 'files')
  return startDaemon({
    name: 'MariaDB',
    dataDir: dir,
    log,
    command: MARIADBD,
    args: serverArgs({ files, socket, pidFile }),
    url: await privateMariadbUrl(dir),
    socket,
    pidFile,
    readyMs: 120_000,
    prepare: () => layOut(files, log),
    probe: () => createDatabase(socket),
  })
}

/** The DATABASE_URL of the one that runs, or would run, on `dataDir`. */
export async function privateMariadbUrl(dataDir: string): Promise<string> {
  const socket = path.join(await socketFolder(dataDir, SOCKET), SOCKET)
  return `mysql://root@localhost/${DATABASE}?socketPath=${encodeURIComponent(socket)}`
}

function serverArgs({ files, socket, pidFile }: { files: string; socket: string; pidFile: string }): string[] {
  return [
    '--no-defaults',
    `--user=${os.userInfo().username}`,
    `--datadir=${files}`,
    `--socket=${socket}`,
    `--pid-file=${pidFile}`,
    '--skip-networking',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--default-time-zone=+00:00',
    // A commit that was answered survives a crash and a power cut.
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=128M',
    '--innodb-log-file-size=32M',
    '--max-connections=200',
    '--performance-schema=OFF',
  ]
}

/** Beside its final place first, so that an interrupted first start leaves no half of a database. */
async function layOut(files: string, log: (line: string) => void): Promise<void> {
  if (existsSync(files)) return
  log('Laying out a private MariaDB; this happens once.')
  const fresh = `${files}.new`
  await rm(fresh, { recursive: true, force: true })
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--user=${os.userInfo().username}`,
    `--datadir=${fresh}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  await rename(fresh, files)
}

async function createDatabase(socket: string): Promise<void> {
  const connection = await createConnection({ socketPath: socket, user: 'root', connectTimeout: 5000 })
  try {
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
  } finally {
    connection.destroy()
  }
}
