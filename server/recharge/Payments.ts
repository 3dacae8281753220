// What providers say becomes true here: each event once, in one transaction with the coins and money it moves.
import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { Suspicion } from '../contract/recharge.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Ledger, TransferPlan } from '../wallet/Ledger.ts'
import { userAccount } from '../wallet/ledgerAccounts.ts'
import { lockWallet } from '../wallet/walletLock.ts'
import { disputedOf, findEvent, insertEvent } from './eventStore.ts'
import { matchPayment } from './matchPayment.ts'
import { coinsOwed, nextOrder } from './orderState.ts'
import type { OrderFacts, OrderStep } from './orderState.ts'
import { factsOf, findOrder, isBuyerThere, lockOrder, updateOrder } from './orderStore.ts'
import type { RechargeOrder } from './orderStore.ts'
import { orderLegs } from './orderLegs.ts'
import type { PaymentEvent, PaymentProvider } from './PaymentProvider.ts'
import { noteRefunded, settleRefunds } from './refundStore.ts'

/** Coins may be spent between the look at a wallet and its lock; then we look again. */
const TRIES = 5

export type PaymentsOptions = { readonly database: Database; readonly ledger: Ledger; readonly outbox: Outbox; readonly log: Logger }
export type Taken = { readonly outcome: 'applied' | 'ignored' } | { readonly outcome: 'suspicious'; readonly why: Suspicion }

/** The event changes nothing any more. */
class NothingChanges extends Error {}

export class Payments {
  readonly #options: PaymentsOptions

  constructor(options: PaymentsOptions) {
    this.#options = options
  }

  /** Applies what a provider said; the same event again changes nothing. */
  async take(provider: PaymentProvider, event: PaymentEvent): Promise<Taken> {
    const { database, log } = this.#options
    const known = await findEvent(database, provider.name, event.eventId)
    if (known) return known.outcome === 'suspicious' && known.why ? { outcome: 'suspicious', why: known.why } : { outcome: 'ignored' }
    const order = await this.#orderOf(provider, event)
    // On an account that sells other things, too, their disputes name no order of ours.
    if (!order && event.orderId === '') return { outcome: 'ignored' }
    const why = matchPayment(order, event, provider)
    if (why || !order) return this.#refuse(provider, event, why ?? 'order-unknown')
    for (let tried = 1; ; tried += 1) {
      try {
        await this.#apply(provider, order.id, event)
        return { outcome: 'applied' }
      } catch (error) {
        if (error instanceof NothingChanges) return this.#keepUnchanged(provider, event, order.id)
        // Told twice at once: the other one did it.
        if (isDuplicate(error)) return { outcome: 'ignored' }
        if (!(error instanceof AppError && error.code === 'insufficient-funds') || tried === TRIES) throw error
        log.debug({ orderId: order.id }, 'coins were spent while a payment was taken back; looking again')
      }
    }
  }

  #orderOf({ name }: PaymentProvider, { orderId, paymentId }: PaymentEvent): Promise<RechargeOrder | undefined> {
    const { database } = this.#options
    if (orderId !== '') return findOrder(database, { id: orderId })
    return paymentId === null ? Promise.resolve(undefined) : findOrder(database, { provider: name, paymentId })
  }

  async #apply(provider: PaymentProvider, orderId: string, event: PaymentEvent): Promise<void> {
    const { ledger } = this.#options
    const key = event.kind === 'paid' ? 'credit' : createHash('sha256').update(event.eventId).digest('base64url')
    const posted = await ledger.post({ type: event.kind === 'paid' || event.kind === 'reinstated' ? 'recharge' : 'recharge-refund', scope: `order:${orderId}`, key, request: { orderId } }, (transaction) => this.#plan(transaction, provider, orderId, event))
    // The same payment, told by another event.
    if (posted.repeated) throw new NothingChanges()
  }

  async #plan(transaction: Knex.Transaction, provider: PaymentProvider, orderId: string, event: PaymentEvent): Promise<TransferPlan<null>> {
    const { ledger, outbox } = this.#options
    const order = await lockOrder(transaction, orderId)
    if (!order) throw new NothingChanges()
    const before = factsOf(order)
    const disputed = event.kind === 'refunded' ? await disputedOf(transaction, orderId) : 0n
    const told = nextOrder(before, stepOf(order, event, disputed))
    if (!told) throw new NothingChanges()
    const after = (told.state === 'paid' && (await isBuyerThere(transaction, order.userId)) && nextOrder(told, { type: 'credited' })) || told
    const balance = await ledger.balanceOf(userAccount(order.userId, 'coin'), transaction)
    const { legs, lost } = orderLegs({ order, before, after, balance })
    if (lost > 0n) await lockWallet(transaction, order.userId)
    return {
      legs,
      reference: orderId,
      note: orderId,
      evenIfLocked: true,
      record: async ({ transferId, at }) => {
        await insertEvent(transaction, provider.name, { ...event, orderId }, { outcome: 'applied', transferId })
        await updateOrder(transaction, orderId, { ...changeOf(before, after, at), lostCoins: order.lostCoins + lost, ...(event.kind === 'paid' ? { paymentId: event.paymentId } : {}) })
        if (event.refundId) await noteRefunded(transaction, event.refundId)
        await settleRefunds(transaction, orderId, after.refunded)
        const coins = coinsOwed(after) - coinsOwed(before)
        if (coins !== 0n) await outbox.write(transaction, 'order-changed', { orderId, userId: order.userId, step: coins < 0n ? 'refunded' : 'credited', coins: String(coins < 0n ? -coins : coins), locked: lost > 0n, transferId })
        return null
      },
    }
  }

  /** Kept, so that operators see that it came; and looked at again: of two payments told at once the second finds the first only now. */
  async #keepUnchanged(provider: PaymentProvider, event: PaymentEvent, orderId: string): Promise<Taken> {
    const why = matchPayment(await findOrder(this.#options.database, { id: orderId }), event, provider)
    if (why) return this.#refuse(provider, event, why)
    await this.#keep(provider, event, { outcome: 'ignored' })
    return { outcome: 'ignored' }
  }

  async #refuse(provider: PaymentProvider, event: PaymentEvent, why: Suspicion): Promise<Taken> {
    const { eventId, orderId, kind } = event
    this.#options.log.warn({ provider: provider.name, eventId, orderId, kind, why }, 'a payment notice does not fit its order and was refused')
    await this.#keep(provider, event, { outcome: 'suspicious', why })
    return { outcome: 'suspicious', why }
  }

  async #keep(provider: PaymentProvider, event: PaymentEvent, record: { outcome: 'ignored' } | { outcome: 'suspicious'; why: Suspicion }): Promise<void> {
    try {
      await insertEvent(this.#options.database, provider.name, event, record)
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
}

/** @param disputed what disputes took of it so far: providers that tell of all refunds together leave that out */
function stepOf(order: RechargeOrder, { kind, amount, refundId }: PaymentEvent, disputed: bigint): OrderStep {
  if (kind === 'paid') return { type: 'paid' }
  if (kind === 'reinstated') return { type: 'reinstated', amount }
  // A single refund, or a dispute, comes on top of what was paid back before; it cannot be more than all.
  const total = kind === 'disputed' || refundId !== undefined ? order.refunded + amount : disputed + amount
  return { type: 'refunded', total: total > order.price ? order.price : total }
}

function changeOf(before: OrderFacts, after: OrderFacts, at: Date) {
  const { state, paid, refunded } = after
  return {
    state,
    paid,
    refunded,
    ...(before.paid === 0n && paid > 0n ? { paidAt: at, way: null, checkAt: null } : {}),
    ...(before.paid === 0n && state === 'credited' ? { creditedAt: at } : {}),
    ...(state === 'refunded' ? { endedAt: at } : {}),
  }
}
