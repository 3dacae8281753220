// Brings the schema up to date; safe when several servers start at once (knex holds a lock table).
import type { Knex } from 'knex'
import * as live from './migrations/0001_live.ts'
import * as accounts from './migrations/0002_accounts.ts'
import * as moderation from './migrations/0003_moderation.ts'
import * as social from './migrations/0004_social.ts'
import * as notify from './migrations/0005_notify.ts'
import * as chat from './migrations/0006_chat.ts'
import * as privateChat from './migrations/0007_private_chat.ts'
import * as schedule from './migrations/0008_schedule.ts'
import * as reports from './migrations/0009_reports.ts'
import * as discovery from './migrations/0010_discovery.ts'
import * as servers from './migrations/0011_servers.ts'
import * as wallet from './migrations/0012_wallet.ts'
import * as recharge from './migrations/0013_recharge.ts'
import * as gifts from './migrations/0014_gifts.ts'
import * as guard from './migrations/0015_guard.ts'
import * as tickets from './migrations/0016_tickets.ts'
import * as shop from './migrations/0017_shop.ts'
import * as withdrawal from './migrations/0018_withdrawal.ts'
import * as chatBadges from './migrations/0019_chat_badges.ts'
import type { Database } from './openDatabase.ts'

const migrations: Record<string, Knex.Migration> = {
  '0001_live': live,
  '0002_accounts': accounts,
  '0003_moderation': moderation,
  '0004_social': social,
  '0005_notify': notify,
  '0006_chat': chat,
  '0007_private_chat': privateChat,
  '0008_schedule': schedule,
  '0009_reports': reports,
  '0010_discovery': discovery,
  '0011_servers': servers,
  '0012_wallet': wallet,
  '0013_recharge': recharge,
  '0014_gifts': gifts,
  '0015_guard': guard,
  '0016_tickets': tickets,
  '0017_shop': shop,
  '0018_withdrawal': withdrawal,
  '0019_chat_badges': chatBadges,
}

/** Runs the migrations not yet run. @returns their names. */
export async function migrate(database: Database): Promise<string[]> {
  const source: Knex.MigrationSource<string> = {
    getMigrations: () => Promise.resolve(Object.keys(migrations)),
    getMigrationName: (name) => name,
    getMigration: (name) => Promise.resolve(migrations[name] as Knex.Migration),
  }
  const [, names] = (await database.migrate.latest({ migrationSource: source })) as [number, string[]]
  return names
}
