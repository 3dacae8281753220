// Hears what becomes of a viewer's right to a paid show: it is over, or they bought, were paid back, or agreed to something on another page.
import type { AccessView } from '../../server/contract/tickets.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { ticketsApi } from '../tickets/ticketsApi.ts'

type Options = {
  readonly channel: string
  /** As last heard; null: the show is free, or none is on. */
  readonly access: () => AccessView | null
  /** Nothing is received any more. */
  readonly onNeeded: (access: AccessView) => void
  /** It is still received, on other terms. */
  readonly onAccess: (access: AccessView | null) => void
  /** The show may be received again: ask for it. */
  readonly onMaybe: () => void
}

export class TicketWatch {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** @returns what stops listening */
  follow(socket: LiveSocket): () => void {
    const { channel, onNeeded } = this.#options
    const stops = [
      socket.on('ticket:needed', (fact) => fact.channel === channel && onNeeded(fact.access)),
      socket.on('ticket:changed', (fact) => fact.channel === channel && this.refresh()),
    ]
    return () => stops.forEach((stop) => stop())
  }

  /** Something was bought, or a preview's or minute's time came. */
  refresh(): void {
    const { access, onAccess, onMaybe } = this.#options
    const before = access()
    if (before === null) return
    if (before.access === 'needed') return onMaybe()
    // That it is over is the server's word alone.
    const take = (fresh: AccessView | null) => access() === before && (fresh?.access !== 'needed' || fresh.refunded) && onAccess(fresh)
    void ticketsApi.access(before.broadcastId).then(take, () => undefined)
  }
}
