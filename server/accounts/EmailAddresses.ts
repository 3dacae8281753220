// E-mail addresses of accounts: private, and of use only after a mailed code has come back.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Mailer } from '../mail/Mailer.ts'
import { addressMail } from './accountMails.ts'
import { findProfile, writeProfile } from './profileStore.ts'
import { findMailedCode, insertMailedCode, spendMailedCode, voidMailedCodes } from './recoveryStore.ts'
import { newSecretCode } from './secretCode.ts'
import type { User } from './userStore.ts'

const CODE_MINUTES = 60

export type EmailOptions = { readonly database: Database; readonly redis: Redis; readonly mailer: Mailer; readonly publicUrl: string }

export class EmailAddresses {
  readonly #options: EmailOptions
  readonly #mails: RateLimiterRedis
  readonly #tries: RateLimiterRedis

  constructor(options: EmailOptions) {
    this.#options = options
    this.#mails = new RateLimiterRedis({ storeClient: options.redis, keyPrefix: 'limit:email-mails', points: 5, duration: 3600 })
    this.#tries = new RateLimiterRedis({ storeClient: options.redis, keyPrefix: 'limit:email-tries', points: 10, duration: 900 })
  }

  /** Notes the address, unverified, and mails it a code. @param email empty removes it. @throws AppError too-many-requests, mail-unavailable */
  async set(user: User, email: string): Promise<void> {
    const { database, mailer } = this.#options
    if (email && mailer.enabled) await spend(this.#mails, user.id)
    await transact(database, async (transaction) => {
      await writeProfile(transaction, user.id, { email: email || null, email_verified_at: null })
      // What was mailed to a former address opens nothing any more.
      await voidMailedCodes(transaction, user.id)
    })
    if (email && mailer.enabled) await this.#mail(user, email)
  }

  /** Mails another code. @throws AppError mail-unavailable, bad-request (there is no address to prove), too-many-requests */
  async sendAgain(user: User): Promise<void> {
    const { database, mailer } = this.#options
    if (!mailer.enabled) throw new AppError('mail-unavailable')
    const profile = await findProfile(database, user.id)
    if (!profile?.email || profile.emailVerified) throw new AppError('bad-request', { message: 'There is no address to confirm' })
    await spend(this.#mails, user.id)
    await this.#mail(user, profile.email)
  }

  /** @throws AppError code-wrong, too-many-requests */
  async confirm(userId: UserId, code: string): Promise<void> {
    const { database } = this.#options
    await spend(this.#tries, userId)
    if ((await findMailedCode(database, code, 'email')) !== userId) throw new AppError('code-wrong')
    await transact(database, async (transaction) => {
      if (!(await spendMailedCode(transaction, code, 'email'))) throw new AppError('code-wrong')
      await writeProfile(transaction, userId, { email_verified_at: new Date() })
    })
  }

  async #mail({ id: userId, name, language }: User, email: string): Promise<void> {
    const { database, mailer, publicUrl } = this.#options
    const code = newSecretCode()
    await insertMailedCode(database, { code, userId, purpose: 'email', expiresAt: new Date(Date.now() + CODE_MINUTES * 60_000) })
    // Behind #: it reaches neither logs nor other sites.
    const link = publicUrl ? `${publicUrl.replace(/\/$/, '')}/settings/account#code=${code}` : null
    await mailer.send({ to: email, ...addressMail(language, { name, code, minutes: CODE_MINUTES, link }) })
  }
}
