// The ways back in for who lost the password: recovery codes kept on paper, and codes mailed to a verified address.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { ResetRequest } from '../contract/accounts.ts'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Mailer } from '../mail/Mailer.ts'
import { passwordChangedMail, resetMail } from './accountMails.ts'
import type { Accounts, Entry } from './Accounts.ts'
import type { Device } from './describeDevice.ts'
import { findRecipients, findRecipientsOf } from './profileStore.ts'
import type { Recipient } from './profileStore.ts'
import { findMailedCode, findRecoveryCode, insertMailedCode, replaceRecoveryCodes, spendMailedCode, spendRecoveryCode } from './recoveryStore.ts'
import { newSecretCode } from './secretCode.ts'
import { findUser } from './userStore.ts'

const CODES = 10
const MAIL_MINUTES = 30
/** One address may belong to several accounts. */
const ACCOUNTS_OF_ADDRESS = 5

export type RecoveryOptions = { readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly mailer: Mailer; readonly publicUrl: string; readonly log: Logger }

export class Recovery {
  readonly #options: RecoveryOptions
  readonly #asksFor: RateLimiterRedis
  readonly #asksFrom: RateLimiterRedis
  readonly #resetsOf: RateLimiterRedis
  readonly #resetsFrom: RateLimiterRedis

  constructor(options: RecoveryOptions) {
    this.#options = options
    const limiter = (name: string, points: number, duration: number) => new RateLimiterRedis({ storeClient: options.redis, keyPrefix: `limit:${name}`, points, duration })
    this.#asksFor = limiter('forgot-name', 3, 3600)
    this.#asksFrom = limiter('forgot-address', 20, 3600)
    this.#resetsOf = limiter('reset-name', 20, 900)
    this.#resetsFrom = limiter('reset-address', 20, 900)
  }

  get mail(): boolean {
    return this.#options.mailer.enabled
  }

  /** Fresh codes, readable only now; those before are void. */
  async newCodes(userId: UserId): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newSecretCode)
    await transact(this.#options.database, (transaction) => replaceRecoveryCodes(transaction, userId, codes))
    return codes
  }

  /**
   * Mails a code to whoever goes by that name or verified address. Answers before it looks, so that neither answer nor time tells.
   * @throws AppError mail-unavailable, too-many-requests
   */
  async forgot({ who, address }: { who: string; address: string }): Promise<void> {
    if (!this.mail) throw new AppError('mail-unavailable')
    await spend(this.#asksFrom, address)
    await spend(this.#asksFor, asDatabaseReads(who))
    setImmediate(() => {
      this.#mailCodes(who).catch((error: unknown) => this.#options.log.warn({ err: error }, 'a code to reset a password was not mailed'))
    })
  }

  /** Sets a new password by a code that is then spent; all sessions end, and one opens here. @throws AppError code-wrong, account-disabled, too-many-requests */
  async reset({ request: { name, recoveryCode, code, password }, address, device }: { request: ResetRequest; address: string; device: Device }): Promise<Entry> {
    const { database, accounts } = this.#options
    await spend(this.#resetsFrom, address)
    if (recoveryCode !== undefined) await spend(this.#resetsOf, name)
    const userId = recoveryCode === undefined ? await findMailedCode(database, code ?? '', 'reset') : await findRecoveryCode(database, name, recoveryCode)
    const user = userId && (await findUser(database, { id: userId }))
    if (!user) throw new AppError('code-wrong')
    if (user.disabled) throw new AppError('account-disabled')
    await accounts.setPassword({
      userId: user.id,
      password,
      alongside: async (transaction) => {
        const spent = recoveryCode === undefined ? await spendMailedCode(transaction, code ?? '', 'reset') : await spendRecoveryCode(transaction, user.id, recoveryCode)
        if (!spent) throw new AppError('code-wrong')
      },
    })
    this.tellChanged(user.id)
    return accounts.enter((await findUser(database, { id: user.id })) ?? user, device)
  }

  /** Warns the owner, where there is a verified address; nobody waits for it. */
  tellChanged(userId: UserId): void {
    const { database, mailer, log } = this.#options
    if (!mailer.enabled) return
    const tell = async (): Promise<void> => {
      for (const { name, email, language } of await findRecipients(database, [userId])) await mailer.send({ to: email, ...passwordChangedMail(language, { name }) })
    }
    tell().catch((error: unknown) => log.warn({ err: error }, 'the owner was not told of a new password'))
  }

  async #mailCodes(who: string): Promise<void> {
    for (const recipient of await findRecipientsOf(this.#options.database, who, ACCOUNTS_OF_ADDRESS)) await this.#mailCode(recipient)
  }

  async #mailCode({ id: userId, name, email, language }: Recipient): Promise<void> {
    const { database, mailer, publicUrl } = this.#options
    const code = newSecretCode()
    await insertMailedCode(database, { code, userId, purpose: 'reset', expiresAt: new Date(Date.now() + MAIL_MINUTES * 60_000) })
    // Never built from the request's Host, which the asker chooses; without a public address the code alone must do.
    const link = publicUrl ? `${publicUrl.replace(/\/$/, '')}/reset#code=${code}` : null
    await mailer.send({ to: email, ...resetMail(language, { name, code, minutes: MAIL_MINUTES, link }) })
  }
}

/** MySQL takes `Ada` and `ádá` for the same name; so must a limit by name. */
const asDatabaseReads = (who: string): string => who.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
