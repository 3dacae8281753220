// SQL of tickets, paid minutes and who agreed to pay by the minute.
import type { Knex } from 'knex'
import type { BroadcastState } from '../contract/broadcast.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { MinutesStopped, TicketTerms } from '../contract/tickets.ts'
import type { Database } from '../db/openDatabase.ts'
import { toTerms } from '../db/ticketTerms.ts'
import type { TicketColumns } from '../db/ticketTerms.ts'
import type { EndedShow } from './refundDue.ts'

export type Consent = {
  readonly going: boolean
  /** Coins. */
  readonly cap: bigint | null
  /** How many were paid. */
  readonly minutes: number
  readonly spent: bigint
  readonly paidUntil: Date | null
  readonly stopped: MinutesStopped | null
  readonly agreedAt: Date
}
/** What one person has of a show. */
export type Holding = { readonly ticket: 'held' | 'refunded' | null; readonly consent: Consent | null; readonly minutesRefunded: boolean }

/** A paid show as it is sold and settled. */
export type SoldShow = EndedShow & {
  readonly id: BroadcastId
  readonly channelId: ChannelId
  readonly hostId: UserId
  readonly title: string
  readonly channel: string
  readonly state: BroadcastState
  readonly terms: TicketTerms | null
  /** Of its replay; null: nothing was kept. */
  readonly durationMs: number | null
}
type SoldRow = TicketColumns & { id: BroadcastId; channel_id: ChannelId; owner_id: UserId; title: string; channel: string; state: BroadcastState; live_at: Date | null; ended_at: Date | null; end_reason: string | null; replay_state: string | null; duration_ms: string | number | null }
type ConsentRow = { going: number; cap: string | number | null; minutes: number; spent: string | number; paid_until: Date | null; stopped: MinutesStopped | null; agreed_at: Date }

/** @param lock in a transaction: it neither ends nor changes before that one is over */
export async function findSoldShow(database: Database, id: BroadcastId, { lock = false }: { lock?: boolean } = {}): Promise<SoldShow | undefined> {
  if (lock) await database('broadcasts').where({ id }).forShare().first('id')
  const row = (await database('broadcasts')
    .join('channels', 'channels.id', 'broadcasts.channel_id')
    .leftJoin('replays', 'replays.broadcast_id', 'broadcasts.id')
    .where('broadcasts.id', id)
    .first('broadcasts.*', 'channels.owner_id', { channel: 'channels.name', replay_state: 'replays.state' }, 'replays.duration_ms')) as SoldRow | undefined
  if (!row) return undefined
  return {
    id: row.id,
    channelId: row.channel_id,
    hostId: row.owner_id,
    title: row.title,
    channel: row.channel,
    state: row.state,
    liveAt: row.live_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    terms: toTerms(row),
    durationMs: row.replay_state === 'ready' ? Number(row.duration_ms) : null,
  }
}

export async function findHolding(database: Database, broadcastId: BroadcastId, userId: UserId): Promise<Holding> {
  const [ticket, consent, refunded] = await Promise.all([
    database('tickets').where({ broadcast_id: broadcastId, user_id: userId }).first('refunded_at') as Promise<{ refunded_at: Date | null } | undefined>,
    findConsent(database, broadcastId, userId),
    database('ticket_minutes').where({ broadcast_id: broadcastId, user_id: userId }).whereNotNull('refunded_at').first('minute') as Promise<unknown>,
  ])
  return { ticket: ticket ? (ticket.refunded_at ? 'refunded' : 'held') : null, consent: consent ?? null, minutesRefunded: refunded !== undefined }
}

/** @param lock in a transaction */
export async function findConsent(database: Database, broadcastId: BroadcastId, userId: UserId, { lock = false }: { lock?: boolean } = {}): Promise<Consent | undefined> {
  const query = database('ticket_consents').where({ broadcast_id: broadcastId, user_id: userId }).first()
  const row = (await (lock ? query.forUpdate() : query)) as ConsentRow | undefined
  return row && { going: Boolean(row.going), cap: row.cap === null ? null : BigInt(row.cap), minutes: row.minutes, spent: BigInt(row.spent), paidUntil: row.paid_until, stopped: row.stopped, agreedAt: row.agreed_at }
}

/** What was paid before stays paid. */
export async function writeConsent(transaction: Knex.Transaction, broadcastId: BroadcastId, userId: UserId, { going, cap }: { going: boolean; cap: string | null }): Promise<void> {
  const change = { going, cap, stopped: going ? null : 'viewer', agreed_at: new Date() }
  await transaction('ticket_consents').insert({ broadcast_id: broadcastId, user_id: userId, ...change }).onConflict(['broadcast_id', 'user_id']).merge(change)
}

/** Ends a consent unless it was stopped or given anew meanwhile. */
export async function stopConsent(database: Database, broadcastId: BroadcastId, userId: UserId, { agreedAt }: Consent, stopped: MinutesStopped): Promise<void> {
  await database('ticket_consents').where({ broadcast_id: broadcastId, user_id: userId, going: true, agreed_at: agreedAt }).update({ going: false, stopped })
}

export type Payment = { readonly kind: 'ticket' | 'minute'; readonly userId: UserId; readonly price: bigint; readonly beans: bigint; readonly transferId: string }
type PaymentRow = { user_id: UserId; price: string | number; beans: string | number; transfer_id: string }
const toPayment = (kind: Payment['kind']) => (row: PaymentRow): Payment => ({ kind, userId: row.user_id, price: BigInt(row.price), beans: BigInt(row.beans), transferId: row.transfer_id })

export async function insertTicket(transaction: Knex.Transaction, ticket: Omit<Payment, 'kind'> & { readonly id: string; readonly broadcastId: BroadcastId; readonly at: Date }): Promise<void> {
  const { id, broadcastId, userId, price, beans, transferId, at } = ticket
  await transaction('tickets').insert({ id, broadcast_id: broadcastId, user_id: userId, price: String(price), beans: String(beans), transfer_id: transferId, bought_at: at })
}

export async function insertMinute(transaction: Knex.Transaction, minute: Omit<Payment, 'kind'> & { readonly broadcastId: BroadcastId; readonly minute: number; readonly at: Date; readonly paidUntil: Date }): Promise<void> {
  const { broadcastId, userId, price, beans, transferId, at, paidUntil } = minute
  await transaction('ticket_minutes').insert({ broadcast_id: broadcastId, user_id: userId, minute: minute.minute, price: String(price), beans: String(beans), transfer_id: transferId, charged_at: at })
  await transaction('ticket_consents')
    .where({ broadcast_id: broadcastId, user_id: userId })
    .update({ minutes: minute.minute + 1, paid_until: paidUntil, spent: transaction.raw('spent + ?', [String(price)]) })
}

/** What was paid for a show and not paid back, some of it. */
export async function unrefunded(database: Database, broadcastId: BroadcastId, limit: number): Promise<Payment[]> {
  const of = (table: string) => database(table).where({ broadcast_id: broadcastId }).whereNull('refunded_at').limit(limit).select('user_id', 'price', 'beans', 'transfer_id') as Promise<PaymentRow[]>
  const [tickets, minutes] = await Promise.all([of('tickets'), of('ticket_minutes')])
  return [...tickets.map(toPayment('ticket')), ...minutes.map(toPayment('minute'))]
}

export async function noteRefunded(transaction: Knex.Transaction, { kind, transferId }: Payment, at: Date): Promise<void> {
  await transaction(kind === 'ticket' ? 'tickets' : 'ticket_minutes').where({ transfer_id: transferId }).update({ refunded_at: at })
}

export async function refundedUsers(database: Database, broadcastId: BroadcastId): Promise<UserId[]> {
  const of = (table: string) => database(table).where({ broadcast_id: broadcastId }).whereNotNull('refunded_at').distinct('user_id').pluck('user_id') as Promise<UserId[]>
  const [tickets, minutes] = await Promise.all([of('tickets'), of('ticket_minutes')])
  return [...new Set([...tickets, ...minutes])]
}

/** Paid shows that have ended and are not done with. */
export async function unsettledShows(database: Database, limit: number): Promise<BroadcastId[]> {
  return database('broadcasts').leftJoin('ticket_settlements', 'ticket_settlements.broadcast_id', 'broadcasts.id').whereNotNull('broadcasts.ticket_kind').where('broadcasts.state', 'ended').whereNull('ticket_settlements.broadcast_id').limit(limit).pluck('broadcasts.id')
}

export async function isSettled(database: Database, broadcastId: BroadcastId): Promise<boolean> {
  return (await database('ticket_settlements').where({ broadcast_id: broadcastId }).first('settled_at')) !== undefined
}

/** With the show, who had a preview of it is forgotten. */
export async function noteSettled(database: Database, broadcastId: BroadcastId, { refunded }: { refunded: boolean }): Promise<void> {
  await database('ticket_settlements').insert({ broadcast_id: broadcastId, refunded, settled_at: new Date() }).onConflict('broadcast_id').ignore()
  await database('ticket_previews').where({ broadcast_id: broadcastId }).delete()
}
