// Everything of accounts, wired: the commands, and the routes that lead to them.
import type { Router } from 'express'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Mailer } from '../mail/Mailer.ts'
import { AccountDeletion } from './AccountDeletion.ts'
import { accountRoutes } from './accountRoutes.ts'
import { Accounts } from './Accounts.ts'
import { EmailAddresses } from './EmailAddresses.ts'
import { internalAccountRoutes } from './internalAccountRoutes.ts'
import { profileRoutes } from './profileRoutes.ts'
import { Profiles } from './Profiles.ts'
import { Recovery } from './Recovery.ts'
import { securityRoutes } from './securityRoutes.ts'
import { Sessions } from './Sessions.ts'

export type AccountDeps = { readonly settings: Settings; readonly database: Database; readonly redis: Redis; readonly mailer: Mailer; readonly log: Logger }
export type AccountSlice = {
  readonly accounts: Accounts
  readonly deletion: AccountDeletion
  /** Behind the origin check and the log-in lookup. */
  readonly routes: readonly Router[]
  /** Behind the shared secret. */
  readonly internal: Router
  close(): void
}

export function createAccounts({ settings, database, redis, mailer, log }: AccountDeps): AccountSlice {
  const { APP_SECRET: secret, PUBLIC_URL: publicUrl, MEDIA_DIR: mediaDir, SESSION_DAYS: days } = settings
  const sessions = new Sessions({ redis, days })
  const accounts = new Accounts({ database, redis, sessions, loginAttempts: settings.LOGIN_ATTEMPTS, signUpsPerHour: settings.SIGNUPS_PER_HOUR, secret })
  const profiles = new Profiles({ database, accounts, mediaDir, mail: mailer.enabled })
  const emails = new EmailAddresses({ database, redis, mailer, publicUrl })
  const recovery = new Recovery({ database, redis, accounts, mailer, publicUrl, log })
  const deletion = new AccountDeletion({ database, accounts, profiles, secret, log })
  return {
    accounts,
    deletion,
    routes: [accountRoutes({ accounts, recovery, sessionSeconds: sessions.seconds }), profileRoutes({ profiles }), securityRoutes({ accounts, profiles, emails, recovery, deletion })],
    internal: internalAccountRoutes({ accounts, secret: settings.INTERNAL_SECRET }),
    close: () => deletion.close(),
  }
}
