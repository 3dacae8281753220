// Deletes an account: its personal data goes, a nameless row stays so that what others did with it keeps making sense.
import { setTimeout as wait } from 'node:timers/promises'
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { retireName } from '../db/retiredNames.ts'
import { transact } from '../db/transact.ts'
import { TOMBSTONE } from './Accounts.ts'
import type { Accounts } from './Accounts.ts'
import type { Profiles } from './Profiles.ts'
import type { User } from './userStore.ts'

const SWEEP_MS = 10 * 60_000
const PATIENCE_MS = 8000
/** Matches no password. */
const NO_PASSWORD = '!'

export type DeletionOptions = { readonly database: Database; readonly accounts: Accounts; readonly profiles: Profiles; readonly secret: string; readonly log: Logger }

type EraseStep = (userId: UserId) => Promise<unknown>

export class AccountDeletion {
  readonly #options: DeletionOptions
  readonly #timer: NodeJS.Timeout
  #steps: readonly EraseStep[] = []

  constructor(options: DeletionOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
  }

  /** What else has to forget a deleted account; each step may be repeated. Begins with those that a stopped server left undone. */
  begin(steps: readonly EraseStep[]): void {
    this.#steps = steps
    void this.#sweep()
  }

  /** The password has been confirmed. From the first step on nobody can log in; what cannot be erased at once is tried again. */
  async delete(user: User): Promise<void> {
    const { database, accounts, profiles, secret, log } = this.#options
    await transact(database, async (transaction) => {
      await retireName(transaction, secret, user.name)
      await transaction('users').where({ id: user.id }).update({
        name: `${TOMBSTONE}${user.id}`,
        password_hash: NO_PASSWORD,
        role: 'user',
        disabled: true,
        deleted_at: new Date(),
        display_name: null,
        avatar: null,
        bio: '',
        links: null,
        language: null,
        email: null,
        email_verified_at: null,
      })
      for (const table of ['recovery_codes', 'mailed_codes']) await transaction(table).where({ user_id: user.id }).delete()
    })
    await accounts.endSessions(user.id)
    if (user.avatar) await profiles.removePicture(user.avatar)
    accounts.emit('changed', { userId: user.id })
    const erased = this.#erase(user.id).catch((error: unknown) => log.error({ err: error, userId: user.id }, 'a deleted account is not erased everywhere yet; trying again'))
    // What takes longer goes on after the answer.
    await Promise.race([erased, wait(PATIENCE_MS, undefined, { ref: false })])
  }

  /** Finishes what a stopped server or an unreachable service left undone. */
  async resume(): Promise<void> {
    const { database } = this.#options
    const rows = (await database('users').whereNotNull('deleted_at').whereNull('erased_at').select('id')) as Array<{ id: UserId }>
    for (const { id } of rows) await this.#erase(id)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #erase(userId: UserId): Promise<void> {
    const { database } = this.#options
    await Promise.all(this.#steps.map((step) => step(userId)))
    await database('users').where({ id: userId }).update({ erased_at: new Date() })
  }

  async #sweep(): Promise<void> {
    await this.resume().catch((error: unknown) => this.#options.log.error({ err: error }, 'deleted accounts could not be erased; trying again'))
  }
}
