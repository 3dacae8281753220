// Becoming a guard: one transfer of coins, the host's beans, and the days that were bought.
import type { User } from '../accounts/userStore.ts'
import { viewPerson, findUser } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { GuardBought, GuardPurchase, GuardStanding, GuardTerm, GuardView } from '../contract/guard.ts'
import type { Amount } from '../contract/money.ts'
import type { Rates } from '../contract/rates.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { countGuards, findGuardian, insertPurchase, keepGuardian, lockGuardian } from './guardStore.ts'
import { extendGuard, isTooFar, viewStanding } from './guardTime.ts'

export type GuardDeskDeps = { readonly database: Database; readonly bus: Bus; readonly ledger: Ledger; readonly rates: RateBook; readonly standings: Standings; readonly outbox: Outbox }

const WHOLE_SHARE = 10_000n

/** What each term costs now, in coins. */
export const guardPrices = ({ guardWeek, guardMonth, guardYear }: Rates): Record<GuardTerm, Amount> => ({ week: guardWeek, month: guardMonth, year: guardYear })

export class GuardDesk {
  readonly #deps: GuardDeskDeps

  constructor(deps: GuardDeskDeps) {
    this.#deps = deps
  }

  /** @throws AppError own-channel, kept-out, price-changed, limit-reached, and those of `Ledger.post` */
  async buy(user: User, channel: Channel, { key, ...request }: GuardPurchase): Promise<GuardBought> {
    const { ledger, rates, bus } = this.#deps
    if (channel.ownerId === user.id) throw new AppError('own-channel', { message: 'Nobody guards oneself' })
    await this.#requireWelcome(user, channel)
    const posted = await ledger.post<GuardStanding>({ type: 'guard', scope: `guard:${user.id}`, key, request: { channel: channel.id, ...request } }, async (transaction) => {
      const now = new Date()
      const current = await rates.now()
      const price = BigInt(guardPrices(current)[request.term])
      if (price !== BigInt(request.price)) throw new AppError('price-changed', { message: 'The price has changed meanwhile' })
      const beans = (price * BigInt(current.guardShare)) / WHOLE_SHARE
      const time = extendGuard(await lockGuardian(transaction, channel.id, user.id, now), request.term, now)
      if (isTooFar(time, now)) throw new AppError('limit-reached', { message: 'Nobody guards further ahead than ten years' })
      const purchaseId = newId()
      return {
        legs: [
          { account: userAccount(user.id, 'coin'), amount: -price },
          { account: platformAccount('revenue', 'coin'), amount: price },
          ...(beans === 0n ? [] : [{ account: userAccount(channel.ownerId, 'bean'), amount: beans }, { account: platformAccount('issue', 'bean'), amount: -beans }]),
        ],
        reference: purchaseId,
        note: channel.title,
        record: async ({ transferId, at }) => {
          await keepGuardian(transaction, channel.id, user.id, time, now)
          await insertPurchase(transaction, { id: purchaseId, channelId: channel.id, userId: user.id, term: request.term, price, beans, transferId, until: time.week, at })
          await this.#deps.outbox.write(transaction, 'guard-bought', { purchaseId, channelId: channel.id, userId: user.id })
          return viewStanding(time, now) as GuardStanding
        },
      }
    })
    bus.tell('guard-changed', { channelId: channel.id, userId: user.id })
    return { standing: posted.result, coins: String(await ledger.balanceOf(userAccount(user.id, 'coin'))) }
  }

  /** What the page of a channel's guards shows above the list. */
  async view(channel: Channel, user: User | undefined): Promise<GuardView> {
    const { database, ledger, rates } = this.#deps
    const now = new Date()
    const [host, prices, total, mine, coins] = await Promise.all([
      findUser(database, { id: channel.ownerId }),
      rates.now().then(guardPrices),
      countGuards(database, channel.id, now),
      user ? findGuardian(database, channel.id, user.id) : null,
      user ? ledger.balanceOf(userAccount(user.id, 'coin')) : null,
    ])
    if (!host) throw new AppError('channel-not-found')
    return { channel: channel.name, title: channel.title, host: viewPerson(host), prices, total, me: mine && viewStanding(mine, now), coins: coins === null ? null : String(coins), own: user?.id === channel.ownerId }
  }

  async #requireWelcome(user: User, channel: Channel): Promise<void> {
    if ((await this.#deps.standings.of(channel)).bars(user)) throw new AppError('kept-out', { message: 'You may not enter this channel' })
  }
}
