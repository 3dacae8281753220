// This server process's sign of life in the database: while it beats, no other server takes up what this one carries.
import { hostname } from 'node:os'
import type { ServerId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'

const BEAT_MS = 2000
/** A server that was not heard for this long is taken for dead. */
const LEASE_SECONDS = 8
/** Rows of dead servers are of no use after this. */
const KEPT_SECONDS = 600

export type ServerLeaseOptions = { readonly database: Database; readonly port: number; readonly log: Logger }

export class ServerLease {
  readonly id = newId<ServerId>()
  readonly #database: Database
  readonly #address: string
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()
  #closed = false

  private constructor({ database, port, log }: ServerLeaseOptions) {
    this.#database = database
    this.#address = `${hostname()}:${port}`.slice(0, 255)
    this.#log = log
  }

  static async open(options: ServerLeaseOptions): Promise<ServerLease> {
    const lease = new ServerLease(options)
    await lease.#beat()
    lease.#timer = setInterval(() => {
      lease.#beating = lease.#beat().catch((error: unknown) => lease.#log.warn({ err: error }, 'this server could not renew its lease'))
    }, BEAT_MS).unref()
    return lease
  }

  /** Ends the lease of the process that listened here before; to be called once this one listens. */
  async replaceFormer(): Promise<void> {
    await this.#database('servers').where({ address: this.#address }).whereNot({ id: this.id }).delete()
  }

  /** Others may take up what this server carried. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#timer)
    await this.#beating
    await this.#database('servers')
      .where({ id: this.id })
      .delete()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'this server’s lease runs out by itself'))
  }

  async #beat(): Promise<void> {
    await this.#database.raw(
      'INSERT INTO servers (id, address, started_at, heard_at) VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE heard_at = UTC_TIMESTAMP(3)',
      [this.id, this.#address],
    )
    await this.#database.raw('DELETE FROM servers WHERE heard_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND', [KEPT_SECONDS])
  }
}

/** SQL for `broadcasts` alone: the server that carries it is dead, or there is none. */
export const carrierIsGone = `NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = broadcasts.server_id AND servers.heard_at > UTC_TIMESTAMP(3) - INTERVAL ${LEASE_SECONDS} SECOND)`
