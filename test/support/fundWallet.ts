// Puts coins or beans into a test's wallet, by the ledger, as a correction of the platform does.
import type { UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'

export async function fundWallet({ databaseUrl, userId, coins = 0n, beans = 0n }: { databaseUrl: string; userId: UserId; coins?: bigint; beans?: bigint }): Promise<void> {
  const database = openDatabase({ url: databaseUrl, poolSize: 2 })
  try {
    const ledger = new Ledger({ database })
    const amounts = [['coin', coins], ['bean', beans]] as const
    const legs = amounts.flatMap(([currency, amount]) => (amount === 0n ? [] : [{ account: userAccount(userId, currency), amount }, { account: platformAccount('issue', currency), amount: -amount }]))
    await ledger.post({ type: 'correction', scope: 'test', key: newId(), request: {} }, () => ({ legs, reference: 'test' }))
  } finally {
    await database.destroy()
  }
}
