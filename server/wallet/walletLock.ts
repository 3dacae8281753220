// Locks a person's wallet: nothing may be spent from it until an operator unlocks it, as after a payment that its provider took back.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import { newRows } from './AccountBook.ts'
import { userAccount } from './ledgerAccounts.ts'
import { lockRows } from './lockRows.ts'

const accountsOf = (userId: UserId) => [userAccount(userId, 'coin'), userAccount(userId, 'bean')]

/**
 * What the user has, and will have, may not be spent. What is held for others (red packets, withdrawals asked for before) is not touched.
 * Within a ledger's `plan`, call it there rather than in `record`, and post with `evenIfLocked`.
 */
export async function lockWallet(transaction: Knex.Transaction, userId: UserId): Promise<void> {
  await setLocked(transaction, userId, true)
  // An account that is opened later must not begin unlocked.
  await transaction('ledger_accounts')
    .insert(accountsOf(userId).flatMap((account) => newRows(account, true)))
    .onConflict(['kind', 'owner', 'currency', 'lane'])
    .ignore()
}

export async function unlockWallet(transaction: Knex.Transaction, userId: UserId): Promise<void> {
  await setLocked(transaction, userId, false)
}

export async function isWalletLocked(transaction: Knex.Transaction, userId: UserId): Promise<boolean> {
  return (await transaction('ledger_accounts').where({ kind: 'user', owner: userId, locked: true }).first('id')) !== undefined
}

async function setLocked(transaction: Knex.Transaction, userId: UserId, locked: boolean): Promise<void> {
  const rows = (await transaction('ledger_accounts').where({ kind: 'user', owner: userId }).select('id')) as Array<{ id: string | number }>
  const ids = rows.map(({ id }) => String(id))
  await lockRows(transaction, ids)
  if (ids.length > 0) await transaction('ledger_accounts').whereIn('id', ids).update({ locked })
}
