// What moves when a ticket or a minute is paid for, and when it is paid back.
import type { UserId } from '../contract/ids.ts'
import { platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { Leg } from '../wallet/ledgerAccounts.ts'

type Sale = { readonly buyerId: UserId; readonly hostId: UserId; readonly price: bigint; readonly beans: bigint }

export const saleLegs = ({ buyerId, hostId, price, beans }: Sale): Leg[] => movements([
  { account: userAccount(buyerId, 'coin'), amount: -price },
  { account: platformAccount('revenue', 'coin'), amount: price },
  { account: userAccount(hostId, 'bean'), amount: beans },
  { account: platformAccount('issue', 'bean'), amount: -beans },
])

/** @param there beans that the host still has: what is missing of the share is the platform's loss */
export function refundLegs({ buyerId, hostId, price, beans, there }: Sale & { readonly there: bigint }): Leg[] {
  const taken = there < beans ? there : beans
  return movements([
    { account: userAccount(buyerId, 'coin'), amount: price },
    { account: platformAccount('revenue', 'coin'), amount: -price },
    { account: userAccount(hostId, 'bean'), amount: -taken },
    { account: platformAccount('loss', 'bean'), amount: taken - beans },
    { account: platformAccount('issue', 'bean'), amount: beans },
  ])
}

const movements = (legs: readonly Leg[]): Leg[] => legs.filter(({ amount }) => amount !== 0n)
