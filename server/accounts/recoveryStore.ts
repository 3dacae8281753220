// SQL of the codes that open an account once.
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { hashSecretCode } from './secretCode.ts'

export type MailedCodePurpose = 'reset' | 'email'

export async function replaceRecoveryCodes(transaction: Database, userId: UserId, codes: readonly string[]): Promise<void> {
  await transaction('recovery_codes').where({ user_id: userId }).delete()
  await transaction('recovery_codes').insert(codes.map((code) => ({ user_id: userId, code_hash: hashSecretCode(code) })))
}

export async function countRecoveryCodes(database: Database, userId: UserId): Promise<number> {
  const row = (await database('recovery_codes').where({ user_id: userId }).count({ left: '*' }).first()) as { left: number | string } | undefined
  return Number(row?.left ?? 0)
}

/** Whose recovery code it is; the same single question whether or not there is such a user. */
export async function findRecoveryCode(database: Database, name: string, code: string): Promise<UserId | undefined> {
  const row = (await database('recovery_codes').join('users', 'users.id', 'recovery_codes.user_id').where({ 'users.name': name, code_hash: hashSecretCode(code) }).first('users.id')) as { id: UserId } | undefined
  return row?.id
}

/** @returns false when somebody was quicker */
export async function spendRecoveryCode(transaction: Database, userId: UserId, code: string): Promise<boolean> {
  return (await transaction('recovery_codes').where({ user_id: userId, code_hash: hashSecretCode(code) }).delete()) === 1
}

/** Also forgets those that have expired. */
export async function insertMailedCode(database: Database, mailed: { code: string; userId: UserId; purpose: MailedCodePurpose; expiresAt: Date }): Promise<void> {
  await database('mailed_codes').where('expires_at', '<', new Date()).delete()
  await database('mailed_codes').insert({ code_hash: hashSecretCode(mailed.code), user_id: mailed.userId, purpose: mailed.purpose, expires_at: mailed.expiresAt })
}

export async function findMailedCode(database: Database, code: string, purpose: MailedCodePurpose): Promise<UserId | undefined> {
  const row = (await database('mailed_codes').where({ code_hash: hashSecretCode(code), purpose }).where('expires_at', '>', new Date()).first('user_id')) as { user_id: UserId } | undefined
  return row?.user_id
}

/** @returns false when somebody was quicker, or it has expired */
export async function spendMailedCode(transaction: Database, code: string, purpose: MailedCodePurpose): Promise<boolean> {
  return (await transaction('mailed_codes').where({ code_hash: hashSecretCode(code), purpose }).where('expires_at', '>', new Date()).delete()) === 1
}

export async function voidMailedCodes(database: Database, userId: UserId): Promise<void> {
  await database('mailed_codes').where({ user_id: userId }).delete()
}
