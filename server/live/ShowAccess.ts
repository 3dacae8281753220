// Who may receive a paid show: what the live room asks of whoever sells tickets.
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { AccessView } from '../contract/tickets.ts'
import { AppError } from '../core/AppError.ts'
import type { Who } from './whoWatches.ts'

/** As much of a broadcast as decides about it; `ended`: what was kept of it. */
export type Show = Pick<BroadcastView, 'id' | 'state' | 'ticket'>

export type ShowRequest = {
  readonly channel: Channel
  readonly show: Show
  readonly who: Who
  /** Its media is about to be sent: a preview begins with it, a minute is charged for it. Otherwise this is only a question. */
  readonly takes: boolean
}

export interface ShowAccess {
  /** Null: the show is free. */
  of(request: ShowRequest): Promise<AccessView | null>
}

export const ticketNeeded = ({ terms, broadcastId }: Pick<AccessView, 'terms' | 'broadcastId'>): AppError =>
  new AppError('ticket-needed', { message: 'This show asks for a ticket', fields: { broadcastId, kind: terms.kind, price: terms.price } })
