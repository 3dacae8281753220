// Beans for coins, by the platform's rate.
import type { User } from '../accounts/userStore.ts'
import { quoteExchange } from '../contract/shop.ts'
import type { Exchanged } from '../contract/shop.ts'
import { AppError } from '../core/AppError.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { RateBook } from '../wallet/RateBook.ts'

export type ExchangeDeps = { readonly ledger: Ledger; readonly rates: RateBook }

/** @throws AppError price-changed, bad-request (too few for one coin), and those of `Ledger.post` */
export async function exchangeBeans({ ledger, rates }: ExchangeDeps, user: User, { key, ...request }: { beans: string; coins: string; key: string }): Promise<Exchanged> {
  const { result } = await ledger.post<{ gave: string; got: string }>({ type: 'exchange', scope: `exchange:${user.id}`, key, request }, async () => {
    const quote = quoteExchange(BigInt(request.beans), await rates.now())
    if (quote.coins === 0n) throw new AppError('bad-request', { message: 'These beans are not worth one coin' })
    if (quote.coins !== BigInt(request.coins)) throw new AppError('price-changed', { message: 'The rate has changed meanwhile' })
    return {
      legs: [
        { account: userAccount(user.id, 'bean'), amount: -quote.beans },
        { account: platformAccount('issue', 'bean'), amount: quote.beans },
        { account: platformAccount('issue', 'coin'), amount: -quote.coins },
        { account: userAccount(user.id, 'coin'), amount: quote.coins },
      ],
      reference: user.id,
      record: () => Promise.resolve({ gave: String(quote.beans), got: String(quote.coins) }),
    }
  })
  const [coins, beans] = await Promise.all((['coin', 'bean'] as const).map((currency) => ledger.balanceOf(userAccount(user.id, currency))))
  return { ...result, coins: String(coins), beans: String(beans) }
}
