// What moves when an order goes on: the difference between what it owed before and what it owes now.
import { clearingAccount, platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { Leg } from '../wallet/ledgerAccounts.ts'
import { coinsOwed, moneyOwed } from './orderState.ts'
import type { OrderFacts } from './orderState.ts'
import type { RechargeOrder } from './orderStore.ts'

type Change = {
  readonly order: Pick<RechargeOrder, 'userId' | 'provider' | 'currency' | 'lostCoins'>
  readonly before: OrderFacts
  readonly after: OrderFacts
  /** Coins in the buyer's wallet. */
  readonly balance: bigint
}

/**
 * Coins are taken back as far as the wallet has them, the rest is the platform's loss; coins that come back pay that loss first.
 * @returns the legs, and by how much the order's loss grows (negative: shrinks)
 */
export function orderLegs({ order, before, after, balance }: Change): { readonly legs: readonly Leg[]; readonly lost: bigint } {
  const { userId, provider, currency, lostCoins } = order
  const money = moneyOwed(after) - moneyOwed(before)
  const coins = coinsOwed(after) - coinsOwed(before)
  const toWallet = coins < 0n ? -least(-coins, balance) : coins - least(coins, lostCoins)
  const toLoss = coins - toWallet
  const legs: Leg[] = [
    { account: userAccount(userId, 'coin'), amount: toWallet },
    { account: platformAccount('loss', 'coin'), amount: toLoss },
    { account: platformAccount('issue', 'coin'), amount: -coins },
    { account: clearingAccount(provider, currency), amount: money },
    { account: platformAccount('sales', currency), amount: -money },
  ]
  return { legs: legs.filter(({ amount }) => amount !== 0n), lost: -toLoss }
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)
