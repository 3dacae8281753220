// Paid shows: what a host asks for, what a viewer holds, and how it is bought.
import { z } from 'zod'
import { broadcastIdSchema } from './ids.ts'
import { idempotencyKeySchema, priceSchema } from './money.ts'
import type { Amount } from './money.ts'

/** The longest free preview, in seconds. */
export const PREVIEW_MAX_SECONDS = 600
/** Coins for a show or a minute; more is a slip of the finger. */
export const TICKET_PRICE_MAX = 1_000_000n

/** `show`: one price for the whole show and its replay; `minute`: each minute that is received, in advance. */
export const ticketKindSchema = z.enum(['show', 'minute'])
export type TicketKind = z.infer<typeof ticketKindSchema>

const ticketPriceSchema = priceSchema.refine((text) => /^\d{1,13}$/.test(text) && BigInt(text) <= TICKET_PRICE_MAX, `must be at most ${TICKET_PRICE_MAX} coins`)
/** What a show asks for; a free one has none. `price` in coins. */
export const ticketTermsSchema = z.object({ kind: ticketKindSchema, price: ticketPriceSchema, previewSeconds: z.number().int().min(0).max(PREVIEW_MAX_SECONDS) })
export type TicketTerms = z.infer<typeof ticketTermsSchema>

/**
 * `GET /api/channels/:name/ticket` (host) -> TicketSettingView. `PUT` the same with `{ ticket }` -> TicketSettingView: it holds for shows that begin from now on;
 * one that runs keeps what it began with.
 */
export const ticketSettingSchema = z.object({ ticket: ticketTermsSchema.nullable() })
export type TicketSettingView = { readonly ticket: TicketTerms | null; /** The host's share in basis points; beans = floor(coins × share / 10,000). */ readonly share: number }

/**
 * What a person may receive of a paid show. `exempt`: host, moderators, staff; `held`: has the ticket; `preview`: for nothing, until `until`; `minutes`: paid until `until`;
 * `waiting`: nothing is sent yet or just now, and nothing counts; `needed`: nothing before it is paid.
 */
export const showAccesses = ['exempt', 'held', 'preview', 'minutes', 'waiting', 'needed'] as const
export type ShowAccessName = (typeof showAccesses)[number]

/** Why minutes are no longer paid for: by the viewer's word, for want of coins, at the viewer's cap, because the wallet is locked, after ten minutes away. */
export type MinutesStopped = 'viewer' | 'balance' | 'cap' | 'locked' | 'away'

/** `GET /api/broadcasts/:broadcastId/ticket` -> AccessView | null (a free show); asking starts no preview and costs nothing. */
export type AccessView = {
  readonly broadcastId: string
  readonly terms: TicketTerms
  readonly access: ShowAccessName
  /** When preview or paid minutes end (ISO 8601); null for no end. */
  readonly until: string | null
  /** Coins for a ticket to all of it; null: there is none to be had (of a show by the minute only its replay is sold whole, less what was paid). */
  readonly price: Amount | null
  /** Of a show by the minute: what this person agreed to; null: never asked. */
  readonly minutes: MinutesView | null
  /** The ticket, or the minutes, were paid back. */
  readonly refunded: boolean
}
export type MinutesView = { readonly going: boolean; readonly minutes: number; readonly spent: Amount; readonly cap: Amount | null; readonly stopped: MinutesStopped | null }

/** `POST /api/channels/:name/ticket` -> AccessView. 402 insufficient-funds, 409 price-changed, own-channel, off-sale; a ticket that is held already costs nothing more. */
export const buyTicketSchema = z.object({ broadcastId: broadcastIdSchema, price: priceSchema, key: idempotencyKeySchema })
/** `PUT /api/channels/:name/ticket/minutes` -> AccessView: go on by the minute, at most `cap` coins for this show (null: no cap), or stop. 409 price-changed, own-channel, off-sale. */
export const minutesSchema = z.object({ broadcastId: broadcastIdSchema, price: priceSchema, going: z.boolean(), cap: priceSchema.nullable().default(null) })

export type TicketFacts = {
  /** To one page: preview or paid minutes are over, nothing more is sent before it is paid. */
  'ticket:needed': (fact: { channel: string; access: AccessView }) => void
  /** To all pages of one person: what they hold of the channel's show has changed (bought, paid on, paid back): ask anew. */
  'ticket:changed': (fact: { channel: string; broadcastId: string }) => void
}
