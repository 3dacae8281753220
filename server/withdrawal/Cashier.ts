// What pages read of withdrawals: terms and a person's own, the staff's queue, one in full, and the file to pay by.
import { findUser, findUsers, viewPerson } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { AdminWithdrawal, AdminWithdrawalDetail, AdminWithdrawalsPage, AdminWithdrawalsQuery, PayeesPage, WithdrawalState, WithdrawalTerms, WithdrawalView, WithdrawalsPage } from '../contract/withdrawal.ts'
import { AppError } from '../core/AppError.ts'
import { CSV_MARK, csvLine } from '../core/csvLine.ts'
import { majorUnits } from '../core/majorUnits.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { heldAccount, userAccount } from '../wallet/ledgerAccounts.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import type { Payees } from './Payees.ts'
import { nobody, viewForStaff, viewOwn } from './viewWithdrawals.ts'
import { isOpen, leftOfMonth, monthOf, rateOf } from './withdrawalRules.ts'
import { beansSince, countStates, findWithdrawal, listAll, listOwn, paidTo } from './withdrawalStore.ts'
import type { Withdrawal } from './withdrawalStore.ts'

const EARLIER = 20
const PAYOUT_LINES = 5000
const payoutHead = ['id', 'name', 'method', 'account', 'amount', 'currency', 'requested', 'approvers']

export class Cashier {
  readonly #database: Database
  readonly #ledger: Ledger
  readonly #rates: RateBook
  readonly #payees: Payees

  constructor({ database, ledger, rates, payees }: { database: Database; ledger: Ledger; rates: RateBook; payees: Payees }) {
    this.#database = database
    this.#ledger = ledger
    this.#rates = rates
    this.#payees = payees
  }

  async terms(userId: UserId): Promise<WithdrawalTerms> {
    const now = new Date()
    const [rates, { beans, heldBeans }, used, payee] = await Promise.all([this.#rates.now(), this.#beansOf(userId), beansSince(this.#database, userId, monthOf(now)), this.#payees.view(userId)])
    return {
      beans,
      heldBeans,
      ...rateOf(rates),
      currency: rates.payoutCurrency,
      minimum: rates.withdrawalMinimum,
      leftThisMonth: leftOfMonth(rates, used)?.toString() ?? null,
      monthlyCap: rates.withdrawalMonthlyCap,
      days: rates.withdrawalDays,
      openToday: isOpen(rates.withdrawalDays, now),
      needsName: rates.withdrawalNeedsName,
      payee,
    }
  }

  async own(userId: UserId, { before, limit }: { before?: string | undefined; limit: number }): Promise<WithdrawalsPage> {
    const found = await listOwn(this.#database, userId, { before, limit: limit + 1 })
    const withdrawals = await this.#viewOwn(found.slice(0, limit))
    return { withdrawals, next: found.length > limit ? (withdrawals.at(-1)?.id ?? null) : null }
  }

  /** @throws AppError withdrawal-not-found, also for another's */
  async ownOne(userId: UserId, id: string): Promise<WithdrawalView> {
    const withdrawal = await findWithdrawal(this.#database, id)
    if (withdrawal.ownerId !== userId) throw new AppError('withdrawal-not-found', { message: 'There is no such withdrawal' })
    return (await this.#viewOwn([withdrawal]))[0] as WithdrawalView
  }

  /** @throws AppError user-not-found */
  async queue({ state, user: name, after, limit }: AdminWithdrawalsQuery): Promise<AdminWithdrawalsPage> {
    const owner = name ? await findUser(this.#database, { name: name.replace(/^@/, '').toLowerCase() }) : undefined
    if (name && !owner) throw new AppError('user-not-found', { message: 'There is no such user' })
    const [found, counts] = await Promise.all([listAll(this.#database, { state, ownerId: owner?.id, after, limit: limit + 1 }), countStates(this.#database)])
    const withdrawals = await this.#viewForStaff(found.slice(0, limit))
    return { withdrawals, next: found.length > limit ? (withdrawals.at(-1)?.id ?? null) : null, counts }
  }

  /** @throws AppError withdrawal-not-found */
  async oneForStaff(id: string): Promise<AdminWithdrawal> {
    return (await this.#viewForStaff([await findWithdrawal(this.#database, id)]))[0] as AdminWithdrawal
  }

  /** @throws AppError withdrawal-not-found */
  async detail(id: string): Promise<AdminWithdrawalDetail> {
    const withdrawal = await findWithdrawal(this.#database, id)
    const { ownerId, payeeSealed } = withdrawal
    const [views, balances, stored, others, paidBefore] = await Promise.all([
      this.#viewForStaff([withdrawal]),
      this.#beansOf(ownerId),
      this.#payees.find(ownerId),
      listOwn(this.#database, ownerId, { limit: EARLIER + 1 }),
      paidTo(this.#database, ownerId, withdrawal.currency),
    ])
    const [verifier] = await findUsers(this.#database, stored?.verifiedBy ? [stored.verifiedBy] : [])
    return {
      withdrawal: views[0] as AdminWithdrawal,
      payee: payeeSealed ? this.#payees.open(payeeSealed) : null,
      verification: { verified: stored?.verified ?? false, by: verifier ? viewPerson(verifier) : null, at: stored?.verifiedAt?.toISOString() ?? null },
      ...balances,
      earlier: await this.#viewOwn(others.filter((other) => other.id !== id).slice(0, EARLIER)),
      paidBefore: String(paidBefore),
    }
  }

  /** Whose name is to be verified. */
  async unverified({ after, limit }: { after?: string | undefined; limit: number }): Promise<PayeesPage> {
    const found = await this.#payees.unverified({ after, limit: limit + 1 })
    const shown = found.slice(0, limit)
    const people = new Map((await findUsers(this.#database, shown.map(({ userId }) => userId))).map((user) => [user.id, viewPerson(user)]))
    const payees = await Promise.all(
      shown.map(async ({ userId, payee, updatedAt }) => ({ user: people.get(userId) ?? nobody(userId), payee, updatedAt: updatedAt.toISOString(), beans: (await this.#beansOf(userId)).beans })),
    )
    return { payees, next: found.length > limit ? (shown.at(-1)?.userId ?? null) : null }
  }

  /** What whoever pays needs, oldest first, as a table. @returns with how many lines it has */
  async payoutFile(state: WithdrawalState): Promise<{ csv: string; lines: number }> {
    const found = await listAll(this.#database, { state, limit: PAYOUT_LINES })
    const views = new Map((await this.#viewForStaff(found)).map((view) => [view.id, view]))
    const lines = found.map((withdrawal) => {
      const payee = withdrawal.payeeSealed ? this.#payees.open(withdrawal.payeeSealed) : { method: '', account: '', holder: '' }
      const approvers = views.get(withdrawal.id)?.approvers.map(({ name }) => name) ?? []
      return csvLine([withdrawal.id, payee.holder, payee.method, payee.account, majorUnits(withdrawal.money, withdrawal.currency), withdrawal.currency, withdrawal.requestedAt.toISOString(), approvers.join(' ')])
    })
    return { csv: `${CSV_MARK}${csvLine(payoutHead)}${lines.join('')}`, lines: lines.length }
  }

  async #beansOf(userId: UserId): Promise<{ beans: string; heldBeans: string }> {
    const [beans, held] = await Promise.all([this.#ledger.balanceOf(userAccount(userId, 'bean')), this.#ledger.balanceOf(heldAccount(userId, 'bean'))])
    return { beans: String(beans), heldBeans: String(held) }
  }

  #viewOwn(withdrawals: readonly Withdrawal[]): Promise<WithdrawalView[]> {
    return viewOwn({ database: this.#database, payees: this.#payees }, withdrawals)
  }

  #viewForStaff(withdrawals: readonly Withdrawal[]): Promise<AdminWithdrawal[]> {
    return viewForStaff({ database: this.#database, payees: this.#payees }, withdrawals)
  }
}
