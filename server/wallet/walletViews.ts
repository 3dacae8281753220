// What wallets hold, as their owners see it: the rows of each account added up.
import type { UserId } from '../contract/ids.ts'
import type { WalletView } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'

type Row = { owner: UserId; kind: 'user' | 'held'; currency: 'coin' | 'bean'; balance: string; locked: number }
type Sums = { -readonly [N in keyof WalletView]: WalletView[N] }

const part = { 'user coin': 'coins', 'user bean': 'beans', 'held coin': 'heldCoins', 'held bean': 'heldBeans' } as const

/** One for each of the users; all zeros for whom nothing was ever booked. */
export async function viewWallets(database: Database, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, WalletView>> {
  const views = new Map<UserId, Sums>(userIds.map((id) => [id, { coins: '0', beans: '0', heldCoins: '0', heldBeans: '0', locked: false }]))
  const rows = (await database('ledger_accounts')
    .whereIn('kind', ['user', 'held'])
    .whereIn('owner', [...userIds])
    .groupBy('kind', 'owner', 'currency')
    .select('owner', 'kind', 'currency')
    .sum({ balance: 'balance' })
    .max({ locked: 'locked' })) as Row[]
  for (const { owner, kind, currency, balance, locked } of rows) {
    const view = views.get(owner)
    if (!view) continue
    view[part[`${kind} ${currency}`]] = String(BigInt(balance))
    if (locked) view.locked = true
  }
  return views
}

export async function viewWallet(database: Database, userId: UserId): Promise<WalletView> {
  return (await viewWallets(database, [userId])).get(userId) as WalletView
}
