// How the columns of a channel's and a broadcast's ticket become its terms, and back.
import type { TicketKind, TicketTerms } from '../contract/tickets.ts'

export type TicketColumns = { readonly ticket_kind: TicketKind | null; readonly ticket_price: string | number | null; readonly ticket_preview: number | null }

export const toTerms = ({ ticket_kind: kind, ticket_price: price, ticket_preview: previewSeconds }: TicketColumns): TicketTerms | null => (kind === null ? null : { kind, price: String(price), previewSeconds: previewSeconds ?? 0 })

export const toColumns = (terms: TicketTerms | null): TicketColumns => ({ ticket_kind: terms?.kind ?? null, ticket_price: terms?.price ?? null, ticket_preview: terms?.previewSeconds ?? null })
