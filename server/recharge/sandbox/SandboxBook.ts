// The sandbox's own book of payments, apart from our orders as a real provider's is.
import type { Knex } from 'knex'
import type { RealCurrency } from '../../contract/money.ts'
import { AppError } from '../../core/AppError.ts'
import { newId } from '../../core/newId.ts'
import type { Database } from '../../db/openDatabase.ts'
import { transact } from '../../db/transact.ts'
import type { BillLine, PayableOrder } from '../PaymentProvider.ts'

export type SandboxPayment = { readonly orderId: string; readonly paymentId: string; readonly currency: RealCurrency; readonly amount: bigint; readonly refunded: bigint; readonly state: 'open' | 'paid' | 'cancelled' }
type Row = { order_id: string; payment_id: string; currency: RealCurrency; amount: string | number; refunded: string | number; state: SandboxPayment['state'] }

const toPayment = (row: Row): SandboxPayment => ({ orderId: row.order_id, paymentId: row.payment_id, currency: row.currency, amount: BigInt(row.amount), refunded: BigInt(row.refunded), state: row.state })

export class SandboxBook {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  async open({ id, currency, price }: PayableOrder): Promise<void> {
    await this.#database('sandbox_payments').insert({ order_id: id, payment_id: newId(), currency, amount: String(price), state: 'open' }).onConflict('order_id').ignore()
  }

  async find(orderId: string): Promise<SandboxPayment | undefined> {
    const row = (await this.#database('sandbox_payments').where({ order_id: orderId }).first()) as Row | undefined
    return row && toPayment(row)
  }

  /** Paid once, however often one pays. @throws AppError order-not-found, state-changed (cancelled) */
  async pay(orderId: string): Promise<SandboxPayment> {
    await this.#database('sandbox_payments').where({ order_id: orderId, state: 'open' }).update({ state: 'paid', paid_at: new Date() })
    const payment = await this.#existing(orderId)
    if (payment.state !== 'paid') throw new AppError('state-changed', { message: 'This payment was cancelled' })
    return payment
  }

  /** @throws AppError order-not-found, state-changed (paid) */
  async cancel(orderId: string): Promise<SandboxPayment> {
    await this.#database('sandbox_payments').where({ order_id: orderId, state: 'open' }).update({ state: 'cancelled' })
    const payment = await this.#existing(orderId)
    if (payment.state !== 'cancelled') throw new AppError('state-changed', { message: 'This payment was made' })
    return payment
  }

  /** Once for each id. @throws AppError provider-unavailable: more than was paid */
  refund(orderId: string, id: string, amount: bigint): Promise<SandboxPayment> {
    return transact(this.#database, async (transaction: Knex.Transaction) => {
      const row = (await transaction('sandbox_payments').where({ order_id: orderId, state: 'paid' }).forUpdate().first()) as Row | undefined
      if (!row) throw new AppError('provider-unavailable', { message: 'The sandbox has no such payment' })
      const payment = toPayment(row)
      if (await transaction('sandbox_refunds').where({ id }).first('id')) return payment
      const refunded = payment.refunded + amount
      if (refunded > payment.amount) throw new AppError('provider-unavailable', { message: 'The sandbox refunds no more than was paid' })
      await transaction('sandbox_refunds').insert({ id, order_id: orderId, amount: String(amount) })
      await transaction('sandbox_payments').where({ order_id: orderId }).update({ refunded: String(refunded) })
      return { ...payment, refunded }
    })
  }

  async bill(day: string): Promise<BillLine[]> {
    const from = new Date(`${day}T00:00:00Z`)
    const rows = (await this.#database('sandbox_payments').where({ state: 'paid' }).where('paid_at', '>=', from).where('paid_at', '<', new Date(from.getTime() + 86_400_000))) as Row[]
    return rows.map(toPayment).map(({ orderId, paymentId, currency, amount }) => ({ orderId, paymentId, currency, paid: amount }))
  }

  async #existing(orderId: string): Promise<SandboxPayment> {
    const payment = await this.find(orderId)
    if (!payment) throw new AppError('order-not-found', { message: 'There is no such payment' })
    return payment
  }
}
