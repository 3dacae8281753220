// SQL of users.
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Role } from '../contract/http.ts'
import type { UserId } from '../contract/ids.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'

export type User = { readonly id: UserId; readonly name: string; readonly role: Role; readonly disabled: boolean }
type UserRow = { id: UserId; name: string; role: Role; disabled: number; password_hash: string }

const toUser = (row: UserRow): User => ({ id: row.id, name: row.name, role: row.role, disabled: Boolean(row.disabled) })

/** @throws AppError name-taken */
export async function insertUser(database: Database, user: { name: string; passwordHash: string; role: Role }): Promise<User> {
  const id = newId<UserId>()
  try {
    await database('users').insert({ id, name: user.name, password_hash: user.passwordHash, role: user.role, created_at: new Date() })
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('name-taken', { cause: error, message: `The name ${user.name} is taken` })
    throw error
  }
  return { id, name: user.name, role: user.role, disabled: false }
}

export async function findUser(database: Database, by: { id: UserId } | { name: string }): Promise<User | undefined> {
  const row = await database<UserRow>('users').where(by).first()
  return row && toUser(row)
}

/** The user of that name with the stored hash, for the log-in alone. */
export async function findCredentials(database: Database, name: string): Promise<{ user: User; passwordHash: string } | undefined> {
  const row = await database<UserRow>('users').where({ name }).first()
  return row && { user: toUser(row), passwordHash: row.password_hash }
}

export async function hasAdmin(database: Database): Promise<boolean> {
  return (await database('users').where({ role: 'admin' }).first('id')) !== undefined
}
