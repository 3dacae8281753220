// Commands on withdrawals: each step is one transaction that moves beans and state together, or does nothing.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import type { Rates } from '../contract/rates.ts'
import type { WithdrawalRequest } from '../contract/withdrawal.ts'
import { quoteWithdrawal } from '../contract/withdrawalQuote.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Ledger, TransferPlan } from '../wallet/Ledger.ts'
import { clearingAccount, heldAccount, platformAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { Leg } from '../wallet/ledgerAccounts.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { isWalletLocked } from '../wallet/walletLock.ts'
import { nextState } from './nextState.ts'
import type { WithdrawalAct } from './nextState.ts'
import type { Payees } from './Payees.ts'
import { beansSince, eraseFinished, findWithdrawal, insertWithdrawal, isErased, moveWithdrawal } from './withdrawalStore.ts'
import type { Withdrawal } from './withdrawalStore.ts'
import { monthOf, needsTwo, rateOf, refusalOf } from './withdrawalRules.ts'

/** Whose debt the money is that was sent: the clearing account of what leaves the platform's bank. */
export const PAYOUT = 'payout'

export type WithdrawalsOptions = { readonly database: Database; readonly ledger: Ledger; readonly rates: RateBook; readonly outbox: Outbox; readonly audit: Audit; readonly payees: Payees }
/** `cancel`'s and `approve`'s have neither. */
type Words = { readonly reason?: string; readonly paymentReference?: string }

export class Withdrawals {
  readonly #options: WithdrawalsOptions

  constructor(options: WithdrawalsOptions) {
    this.#options = options
  }

  /**
   * Sets the beans aside and asks for their money, at the rates of now.
   * @returns its id
   * @throws AppError not-today, payee-missing, name-unverified, below-minimum, month-used-up, price-changed, insufficient-funds, wallet-locked, key-reused
   */
  async request(ownerId: UserId, { beans: asked, money, key }: WithdrawalRequest): Promise<string> {
    const { ledger, rates } = this.#options
    const now = await rates.now()
    const request = { beans: asked }
    const { result } = await ledger.post({ type: 'withdrawal-hold', scope: `withdrawal:${ownerId}`, key, request }, (transaction) => this.#planHold(transaction, { ownerId, beans: BigInt(asked), expected: money, rates: now }))
    return result.id
  }

  /** Agrees to it; a large one needs two people. @throws AppError withdrawal-not-found, state-changed, second-person-needed, forbidden, wallet-locked */
  async approve(actorId: UserId, id: string): Promise<void> {
    await transact(this.#options.database, (transaction) => this.#move(transaction, { id, act: 'approve', actorId, words: {} }))
  }

  /** Gives the beans back and says why. @throws AppError withdrawal-not-found, state-changed, forbidden */
  reject(actorId: UserId, id: string, reason: string): Promise<void> {
    return this.#end(actorId, id, 'reject', { reason })
  }

  /** The owner no longer wants it: the beans are back. @throws AppError withdrawal-not-found, state-changed, forbidden */
  cancel(ownerId: UserId, id: string): Promise<void> {
    return this.#end(ownerId, id, 'cancel', {})
  }

  /** The money was sent, under this number. @throws AppError withdrawal-not-found, state-changed, forbidden, wallet-locked */
  pay(actorId: UserId, id: string, paymentReference: string): Promise<void> {
    return this.#end(actorId, id, 'pay', { paymentReference })
  }

  async #planHold(transaction: Knex.Transaction, { ownerId, beans, expected, rates }: { ownerId: UserId; beans: bigint; expected: string | undefined; rates: Rates }): Promise<TransferPlan<{ id: string }>> {
    const { payees, outbox } = this.#options
    // Locked: what one person asks for twice at once is counted one after the other.
    const payee = await payees.lock(transaction, ownerId)
    const now = new Date()
    const refusal = refusalOf({ beans, now, usedThisMonth: await beansSince(transaction, ownerId, monthOf(now)), payee: payee ?? null }, rates)
    if (refusal) throw new AppError(refusal)
    const rate = rateOf(rates)
    const quote = quoteWithdrawal(beans, rate)
    if (expected !== undefined && BigInt(expected) !== quote.money) throw new AppError('price-changed', { message: 'The rates have changed' })
    const id = newId<string>()
    return {
      legs: moving(beans, userAccount(ownerId, 'bean'), heldAccount(ownerId, 'bean')),
      reference: id,
      record: async ({ at }) => {
        await insertWithdrawal(transaction, { id, ownerId, beans, ...rate, ...quote, currency: rates.payoutCurrency, needsTwo: needsTwo(quote.money, rates), payeeSealed: payee?.sealed ?? null, requestedAt: at })
        await outbox.write(transaction, 'withdrawal-changed', { withdrawalId: id, userId: ownerId, state: 'requested' })
        return { id }
      },
    }
  }

  /** A withdrawal ends once: its id is the key, whoever ends it and how. */
  async #end(actorId: UserId, id: string, act: Exclude<WithdrawalAct, 'approve'>, words: Words): Promise<void> {
    const { ledger } = this.#options
    try {
      await ledger.post({ type: act === 'pay' ? 'withdrawal-paid' : 'withdrawal-release', scope: 'withdrawal-end', key: id, request: { act, actorId, ...words } }, async (transaction) => {
        const withdrawal = await this.#move(transaction, { id, act, actorId, words })
        return { legs: act === 'pay' ? payment(withdrawal) : release(withdrawal), reference: id, evenIfLocked: act !== 'pay', record: () => Promise.resolve(null) }
      })
    } catch (error) {
      if (error instanceof AppError && error.code === 'key-reused') throw new AppError('state-changed', { cause: error, message: 'Somebody else has just handled this withdrawal' })
      throw error
    }
  }

  /** The conditional change of state, with its record. @returns it as it was */
  async #move(transaction: Knex.Transaction, { id, act, actorId, words }: { id: string; act: WithdrawalAct; actorId: UserId; words: Words }): Promise<Withdrawal> {
    const { audit, outbox } = this.#options
    const withdrawal = await findWithdrawal(transaction, id)
    if ((act === 'approve' || act === 'pay') && (await isWalletLocked(transaction, withdrawal.ownerId))) throw new AppError('wallet-locked', { message: 'The wallet is locked: a payment was taken back' })
    const to = nextState(withdrawal, act, actorId)
    await moveWithdrawal(transaction, withdrawal, { act, to, actorId, at: new Date(), ...words })
    const { ownerId, beans, money, currency } = withdrawal
    const detail = { withdrawal: id, from: withdrawal.state, to, beans: String(beans), money: String(money), currency, ...(words.paymentReference === undefined ? {} : { paymentReference: words.paymentReference }) }
    await audit.record({ actorId, channelId: null, action: `withdrawal:${act}`, targetId: ownerId, reason: words.reason ?? '', detail }, transaction)
    await outbox.write(transaction, 'withdrawal-changed', { withdrawalId: id, userId: ownerId, state: to })
    if (act !== 'approve' && (await isErased(transaction, ownerId))) await eraseFinished(transaction, ownerId)
    return withdrawal
  }
}

const moving = (amount: bigint, from: Leg['account'], to: Leg['account']): Leg[] => [
  { account: from, amount: -amount },
  { account: to, amount },
]
const release = ({ ownerId, beans }: Withdrawal) => moving(beans, heldAccount(ownerId, 'bean'), userAccount(ownerId, 'bean'))
const payment = ({ ownerId, beans, money, currency }: Withdrawal) => [
  ...moving(beans, heldAccount(ownerId, 'bean'), platformAccount('issue', 'bean')),
  ...moving(money, clearingAccount(PAYOUT, currency), platformAccount('sales', currency)),
]
