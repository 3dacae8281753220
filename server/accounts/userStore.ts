// SQL of users.
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Role } from '../contract/http.ts'
import type { UserId } from '../contract/ids.ts'
import type { PersonView } from '../contract/people.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'

export type User = {
  readonly id: UserId
  readonly name: string
  /** The name where none was chosen. */
  readonly displayName: string
  /** The avatar's name in the file store. */
  readonly avatar: string | null
  readonly role: Role
  /** By an operator, or because the account is deleted. */
  readonly disabled: boolean
  /** What pages and mails speak to this user; null: not chosen. */
  readonly language: 'en' | 'zh-CN' | null
  /** Sessions of a lower epoch are void. */
  readonly sessionEpoch: number
}
type UserRow = { id: UserId; name: string; display_name: string | null; avatar: string | null; role: Role; disabled: number; language: User['language']; session_epoch: number; password_hash: string }

const toUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  displayName: row.display_name ?? row.name,
  avatar: row.avatar,
  role: row.role,
  disabled: Boolean(row.disabled),
  language: row.language,
  sessionEpoch: row.session_epoch,
})

export const avatarUrl = (avatar: string | null): string | null => (avatar ? `/avatars/${avatar}.webp` : null)

/** A user as anyone may see one. */
export const viewPerson = ({ id, name, displayName, avatar }: User): PersonView => ({ id, name, displayName, avatarUrl: avatarUrl(avatar) })

/** @throws AppError name-taken */
export async function insertUser(database: Database, user: { name: string; passwordHash: string; role: Role }): Promise<User> {
  const id = newId<UserId>()
  try {
    await database('users').insert({ id, name: user.name, password_hash: user.passwordHash, role: user.role, created_at: new Date() })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('name-taken', { cause: error, message: `The name ${user.name} is taken` })
    throw error
  }
  return { id, name: user.name, displayName: user.name, avatar: null, role: user.role, disabled: false, language: null, sessionEpoch: 0 }
}

/** By id, whether or not the account was deleted; by name, only one that was not. */
export async function findUser(database: Database, by: { id: UserId } | { name: string }): Promise<User | undefined> {
  const query = database<UserRow>('users').where(by)
  if ('name' in by) void query.whereNull('deleted_at')
  const row = await query.first()
  return row && toUser(row)
}

/** Those of the users that exist, in no order. */
export async function findUsers(database: Database, ids: readonly UserId[]): Promise<User[]> {
  return ids.length === 0 ? [] : (await database<UserRow>('users').whereIn('id', [...ids])).map(toUser)
}

/** The user with the stored hash, for checking a password alone. */
export async function findCredentials(database: Database, by: { id: UserId } | { name: string }): Promise<{ user: User; passwordHash: string } | undefined> {
  const row = await database<UserRow>('users').where(by).whereNull('deleted_at').first()
  return row && { user: toUser(row), passwordHash: row.password_hash }
}

/** Voids every session of the user. @returns the epoch that new ones need; the row is locked until the transaction ends. */
export async function raiseSessionEpoch(transaction: Database, id: UserId): Promise<number> {
  await transaction('users').where({ id }).increment('session_epoch', 1)
  const row = (await transaction('users').where({ id }).first('session_epoch')) as { session_epoch: number } | undefined
  return row?.session_epoch ?? 0
}

export async function updateUser(database: Database, id: UserId, change: { password_hash?: string; role?: Role; disabled?: boolean }): Promise<void> {
  await database('users').where({ id }).update(change)
}

export async function hasAdmin(database: Database): Promise<boolean> {
  return (await database('users').where({ role: 'admin' }).first('id')) !== undefined
}
