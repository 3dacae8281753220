// SQL of what payment providers told: each thing once, also what was refused.
import type { EventOutcome, PaymentEventKind, PaymentEventView, PaymentProviderName, Suspicion } from '../contract/recharge.ts'
import type { Database } from '../db/openDatabase.ts'
import type { PaymentEvent } from './PaymentProvider.ts'

const SHOWN = 100
const WEEK_MS = 7 * 86_400_000

export type EventRecord = { readonly outcome: EventOutcome; readonly why?: Suspicion; readonly transferId?: string }
type Row = { id: string | number; provider: PaymentProviderName; event_id: string; kind: PaymentEventKind; order_id: string; amount: string | number; currency: string; outcome: EventOutcome; why: Suspicion | null; transfer_id: string | null; at: Date }

const toView = (row: Row): PaymentEventView => ({
  id: String(row.id),
  at: row.at.toISOString(),
  provider: row.provider,
  eventId: row.event_id,
  kind: row.kind,
  orderId: row.order_id,
  amount: String(row.amount),
  currency: row.currency,
  outcome: row.outcome,
  why: row.why,
  transferId: row.transfer_id,
})

/** @throws a duplicate where the event is known */
export async function insertEvent(database: Database, provider: PaymentProviderName, event: PaymentEvent, { outcome, why, transferId }: EventRecord): Promise<void> {
  await database('payment_events').insert({
    provider,
    event_id: event.eventId,
    kind: event.kind,
    order_id: event.orderId.slice(0, 64),
    amount: String(event.amount),
    currency: event.currency.slice(0, 8),
    merchant: event.merchant.slice(0, 120),
    outcome,
    why: why ?? null,
    transfer_id: transferId ?? null,
    at: new Date(),
  })
}

export async function findEvent(database: Database, provider: PaymentProviderName, eventId: string): Promise<PaymentEventView | undefined> {
  const row = (await database('payment_events').where({ provider, event_id: eventId }).first()) as Row | undefined
  return row && toView(row)
}

/** Minor units that disputes took of an order and did not bring back. */
export async function disputedOf(database: Database, orderId: string): Promise<bigint> {
  const rows = (await database('payment_events').where({ order_id: orderId, outcome: 'applied' }).whereIn('kind', ['disputed', 'reinstated']).select('kind', 'amount')) as Array<Pick<Row, 'kind' | 'amount'>>
  const disputed = rows.reduce((sum, { kind, amount }) => (kind === 'disputed' ? sum + BigInt(amount) : sum - BigInt(amount)), 0n)
  return disputed > 0n ? disputed : 0n
}

/** Newest first. Without an order: what was refused. */
export async function listEvents(database: Database, { orderId }: { orderId?: string } = {}): Promise<PaymentEventView[]> {
  const query = database('payment_events').orderBy('id', 'desc').limit(SHOWN)
  void (orderId === undefined ? query.where({ outcome: 'suspicious' }) : query.where({ order_id: orderId }))
  return ((await query) as Row[]).map(toView)
}

/** How many notices were refused, by order. */
export async function countSuspicious(database: Database, orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (orderIds.length === 0) return new Map()
  const rows = (await database('payment_events').where({ outcome: 'suspicious' }).whereIn('order_id', [...orderIds]).groupBy('order_id').select('order_id').count({ events: '*' })) as Array<{ order_id: string; events: string | number }>
  return new Map(rows.map(({ order_id, events }) => [order_id, Number(events)]))
}

export async function countSuspiciousLately(database: Database): Promise<number> {
  const [row] = (await database('payment_events').where({ outcome: 'suspicious' }).where('at', '>', new Date(Date.now() - WEEK_MS)).count({ events: '*' })) as Array<{ events: string | number }>
  return Number(row?.events ?? 0)
}
