// Tells a room how a red packet stands, at most twice a second each.
import type { Logger } from '../../core/logger.ts'
import type { Database } from '../../db/openDatabase.ts'
import { channelRoom } from '../../live/rooms.ts'
import type { FootlightServer } from '../../realtime/answer.ts'
import { findPacket, viewPackets } from './packetStore.ts'

const PAUSE_MS = 500

export type PacketTellerOptions = { readonly database: Database; readonly sockets: FootlightServer; readonly log: Logger }

export class PacketTeller {
  readonly #options: PacketTellerOptions
  /** Packets whose next telling is under way or due. */
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #openings = new Set<NodeJS.Timeout>()

  constructor(options: PacketTellerOptions) {
    this.#options = options
  }

  /** It changed. What changes within the pause is told together. */
  look(id: string): void {
    if (this.#waiting.has(id)) return
    const timer = setTimeout(() => {
      this.#waiting.delete(id)
      this.#tell(id).catch((error: unknown) => this.#options.log.warn({ err: error }, 'how a red packet stands could not be told'))
    }, PAUSE_MS).unref()
    this.#waiting.set(id, timer)
  }

  /** It opens at that time; pages know it too. */
  lookAt(id: string, at: number): void {
    const timer = setTimeout(() => {
      this.#openings.delete(timer)
      this.look(id)
    }, Math.max(0, at - Date.now() - PAUSE_MS + 1))
    timer.unref()
    this.#openings.add(timer)
  }

  close(): void {
    for (const timer of [...this.#waiting.values(), ...this.#openings]) clearTimeout(timer)
  }

  async #tell(id: string): Promise<void> {
    const { database, sockets } = this.#options
    const packet = await findPacket(database, id)
    if (!packet) return
    const [view] = await viewPackets(database, [packet])
    if (view) sockets.to(channelRoom(packet.channelId)).emit('packet:changed', { channel: packet.channel, packet: view })
  }
}
