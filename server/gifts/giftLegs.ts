// What a gift moves in the ledger.
import type { UserId } from '../contract/ids.ts'
import type { Leg } from '../wallet/ledgerAccounts.ts'
import { platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'

/** The sender's coins become the platform's revenue, and the host is given beans; of a gift too small for a bean only the coins move. */
export function giftLegs({ senderId, hostId, coins, beans }: { senderId: UserId; hostId: UserId; coins: bigint; beans: bigint }): Leg[] {
  return [
    { account: userAccount(senderId, 'coin'), amount: -coins },
    { account: platformAccount('revenue', 'coin'), amount: coins },
    ...(beans > 0n
      ? [
          { account: userAccount(hostId, 'bean'), amount: beans },
          { account: platformAccount('issue', 'bean'), amount: -beans },
        ]
      : []),
  ]
}
