// A locked account is off the air: its running broadcast ends at the server that carries it.
import { findUsers } from '../accounts/userStore.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Bus } from '../realtime/Bus.ts'
import { endReasons } from './endReasons.ts'
import type { Live } from './Live.ts'
import type { LiveBroadcast } from './LiveBroadcast.ts'

/** How long a broadcast may outlive a lock that nobody told of: by a command while the server was busy, or in the same moment as it began. */
const SWEEP_MS = 2000

export type LockedHostsOptions = { readonly live: Live; readonly database: Database; readonly bus: Bus; readonly log: Logger }

export class LockedHosts {
  readonly #options: LockedHostsOptions
  readonly #timer: NodeJS.Timeout

  constructor(options: LockedHostsOptions) {
    this.#options = options
    options.bus.on('user-changed', this.#onChanged)
    this.#timer = setInterval(() => this.#end(options.live.all()), SWEEP_MS).unref()
  }

  close(): void {
    this.#options.bus.off('user-changed', this.#onChanged)
    clearInterval(this.#timer)
  }

  readonly #onChanged = ({ userId }: { userId: string }): void => this.#end(this.#options.live.all().filter(({ channel }) => channel.ownerId === userId))

  #end(running: readonly LiveBroadcast[]): void {
    this.#endLocked(running).catch((error: unknown) => this.#options.log.warn({ err: error }, 'the broadcasts of locked accounts could not be looked for'))
  }

  async #endLocked(running: readonly LiveBroadcast[]): Promise<void> {
    const { database, live } = this.#options
    const owners = await findUsers(database, [...new Set(running.map(({ channel }) => channel.ownerId))])
    const locked = new Set(owners.filter(({ disabled }) => disabled).map(({ id }) => id))
    for (const { channel } of running.filter((broadcast) => locked.has(broadcast.channel.ownerId)))
      await live.stop(channel, endReasons.locked).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'channel-offline')) throw error
      })
  }
}
