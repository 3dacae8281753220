// SQL of profiles: what people say of themselves, and the address only they see.
import type { AccountLanguage } from '../contract/accounts.ts'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type Link = { readonly label: string; readonly url: string }
export type Profile = {
  /** As chosen; empty for none. */
  readonly displayName: string
  readonly bio: string
  readonly links: readonly Link[]
  readonly email: string | null
  readonly emailVerified: boolean
}
type ProfileRow = { display_name: string | null; bio: string; links: string | Link[] | null; email: string | null; email_verified_at: Date | null }
export type ProfileColumns = { display_name?: string | null; bio?: string; links?: string; avatar?: string | null; language?: AccountLanguage; email?: string | null; email_verified_at?: Date | null }

/** MySQL answers JSON columns parsed, MariaDB as text. */
const readLinks = (stored: ProfileRow['links']): Link[] => (typeof stored === 'string' ? (JSON.parse(stored) as Link[]) : (stored ?? []))

export async function findProfile(database: Database, id: UserId): Promise<Profile | undefined> {
  const row = (await database('users').where({ id }).first('display_name', 'bio', 'links', 'email', 'email_verified_at')) as ProfileRow | undefined
  return row && { displayName: row.display_name ?? '', bio: row.bio, links: readLinks(row.links), email: row.email, emailVerified: row.email_verified_at !== null }
}

export async function writeProfile(database: Database, id: UserId, columns: ProfileColumns): Promise<void> {
  if (Object.keys(columns).length > 0) await database('users').where({ id }).update(columns)
}

/** Sets the avatar. @returns the former one, for removal. */
export async function replaceAvatar(transaction: Database, id: UserId, avatar: string | null): Promise<string | null> {
  const row = (await transaction('users').where({ id }).forUpdate().first('avatar')) as { avatar: string | null } | undefined
  await writeProfile(transaction, id, { avatar })
  return row?.avatar ?? null
}

export type Recipient = { readonly id: UserId; readonly name: string; readonly email: string; readonly language: AccountLanguage | null }

const recipients = (database: Database) => database('users').whereNotNull('email_verified_at').whereNotNull('email').where({ disabled: false }).select('id', 'name', 'email', 'language')

/** Those of the users who may be written to: their address is verified and their account open. */
export async function findRecipients(database: Database, ids: readonly UserId[]): Promise<Recipient[]> {
  return ids.length === 0 ? [] : ((await recipients(database).whereIn('id', [...ids])) as Recipient[])
}

/** Who goes by that name, or by that verified address. */
export async function findRecipientsOf(database: Database, who: string, limit: number): Promise<Recipient[]> {
  return (await recipients(database)
    .where((either) => void either.where({ name: who }).orWhere({ email: who }))
    .limit(limit)) as Recipient[]
}
