// A channel's red packets as a page knows them: what waits, what is open, what one has got; kept up by facts, asked anew at each connection.
import type { PacketClaimView, PacketView } from '../../server/contract/gifts.ts'
import type { FeedSocket } from '../chat/ChatFeed.ts'

/** One that is over is seen for so long. */
const OVER_MS = 6_000

export type PacketSnapshot = { readonly packets: readonly PacketView[]; readonly claimed: ReadonlySet<string>; /** How far the server's clock is ahead, in ms. */ readonly ahead: number }

export class PacketBook {
  readonly #channel: string
  readonly #socket: FeedSocket
  readonly #listeners = new Set<() => void>()
  readonly #undo: (() => void)[]
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #snapshot: PacketSnapshot = { packets: [], claimed: new Set(), ahead: 0 }

  constructor({ channel, socket }: { readonly channel: string; readonly socket: FeedSocket }) {
    this.#channel = channel
    this.#socket = socket
    this.#undo = [socket.onConnect(() => void this.#list()), socket.on('packet:changed', (fact) => fact.channel === channel && this.take(fact.packet))]
  }

  get snapshot(): PacketSnapshot {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** From a fact or a line of the chat: an older word than what is known changes nothing. */
  take(packet: PacketView): void {
    const known = this.#snapshot.packets.find(({ id }) => id === packet.id)
    const rank = { waiting: 0, open: 1, empty: 2, returned: 2 } as const
    if (known !== undefined && (rank[known.state] > rank[packet.state] || (known.state === packet.state && known.left < packet.left))) return
    this.#set({ packets: [...this.#snapshot.packets.filter(({ id }) => id !== packet.id), packet].sort((one, other) => one.opensAt.localeCompare(other.opensAt)) })
    if (rank[packet.state] === 2) this.#forgetSoon(packet.id)
  }

  /** @throws RequestFailed with the server's code */
  async claim(id: string): Promise<PacketClaimView> {
    const answer = await this.#socket.request('packet:claim', { packet: id })
    this.#set({ claimed: new Set([...this.#snapshot.claimed, id]) })
    this.take(answer.packet)
    return answer
  }

  /** This one was claimed before, as the server says. */
  markClaimed(id: string): void {
    this.#set({ claimed: new Set([...this.#snapshot.claimed, id]) })
  }

  close(): void {
    for (const undo of this.#undo) undo()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#listeners.clear()
  }

  async #list(): Promise<void> {
    try {
      const { packets, claimed, serverTime } = await this.#socket.request('packet:list', { channel: this.#channel })
      this.#set({ packets, claimed: new Set([...this.#snapshot.claimed, ...claimed]), ahead: serverTime - Date.now() })
    } catch {
      // The facts go on telling; the next connection asks again.
    }
  }

  #forgetSoon(id: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#set({ packets: this.#snapshot.packets.filter((packet) => packet.id !== id) })
    }, OVER_MS)
    this.#timers.add(timer)
  }

  #set(change: Partial<PacketSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of this.#listeners) listener()
  }
}
