// What a reconciliation asks of recharge: that clearing accounts are what the orders say, and that providers' bills say the same.
import type { Knex } from 'knex'
import { paymentProviders } from '../contract/recharge.ts'
import type { ReconciliationDifference } from '../contract/wallet.ts'

type Sum = { provider: string; currency: string; sum: string | number }
type BillRow = { provider: string; day: string; lines: string | null; missing: string | null }
type Line = { orderId: string; currency: string; paid: string }
type PaidRow = { id: string; currency: string; paid: string | number }

const DAY_MS = 86_400_000
const BILLS_BACK_MS = 7 * DAY_MS
/** An order paid about midnight may be on the next day's bill. */
const MARGIN_MS = 10 * 60_000

/** Per provider and currency: what orders were paid and not paid back, against the provider's clearing account. */
export async function checkClearing(transaction: Knex.Transaction): Promise<readonly ReconciliationDifference[]> {
  const orders = (await transaction('recharge_orders').where('paid', '>', 0).groupBy('provider', 'currency').select('provider', 'currency', transaction.raw('SUM(paid - refunded) AS sum'))) as Sum[]
  const accounts = (await transaction('ledger_accounts').where({ kind: 'clearing' }).whereIn('owner', [...paymentProviders]).groupBy('owner', 'currency').select({ provider: 'owner' }, 'currency', transaction.raw('SUM(balance) AS sum'))) as Sum[]
  const sums = (rows: readonly Sum[]) => new Map(rows.map(({ provider, currency, sum }) => [`${provider} ${currency}`, String(sum)]))
  const [expected, found] = [sums(orders), sums(accounts)]
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const [provider = '', currency = ''] = key.split(' ')
    const [should, is] = [expected.get(key) ?? '0', found.get(key) ?? '0']
    return should === is ? [] : [{ check: 'orders-match-clearing' as const, subject: provider, currency, expected: should, found: is }]
  })
}

/** The bills of the last week against the orders of their days, both ways. @returns why, where there is no bill to look at */
export async function checkBills(transaction: Knex.Transaction): Promise<readonly ReconciliationDifference[] | string> {
  const since = new Date(Date.now() - BILLS_BACK_MS).toISOString().slice(0, 10)
  const bills = (await transaction('provider_bills').where('day', '>=', since).orderBy('day')) as BillRow[]
  const given = bills.filter(({ lines }) => lines !== null)
  if (given.length === 0) return bills.find(({ missing }) => missing !== null)?.missing ?? 'No provider has given a bill yet'
  return (await Promise.all(given.map((bill) => checkBill(transaction, bill)))).flat()
}

async function checkBill(transaction: Knex.Transaction, { provider, day, lines }: BillRow): Promise<ReconciliationDifference[]> {
  const billed = JSON.parse(lines ?? '[]') as Line[]
  const from = Date.parse(`${day}T00:00:00Z`)
  const rows = (await transaction('recharge_orders').whereIn('id', billed.map(({ orderId }) => orderId)).select('id', 'currency', 'paid')) as PaidRow[]
  const orders = new Map(rows.map(({ id, currency, paid }) => [`${id} ${currency}`, String(paid)]))
  const inner = (await transaction('recharge_orders')
    .where({ provider })
    .where('paid', '>', 0)
    .whereBetween('paid_at', [new Date(from + MARGIN_MS), new Date(from + DAY_MS - MARGIN_MS)])
    .select('id', 'currency', 'paid')) as PaidRow[]
  const onBill = new Set(billed.map(({ orderId }) => orderId))
  const difference = (subject: string, currency: string, expected: string, found: string): ReconciliationDifference => ({ check: 'bills-match-orders', subject, currency, expected, found })
  return [
    ...billed.flatMap(({ orderId, currency, paid }) => {
      const known = orders.get(`${orderId} ${currency}`) ?? '0'
      return known === paid ? [] : [difference(orderId, currency, known, paid)]
    }),
    ...inner.filter(({ id }) => !onBill.has(id)).map(({ id, currency, paid }) => difference(id, currency, String(paid), '0')),
  ]
}
