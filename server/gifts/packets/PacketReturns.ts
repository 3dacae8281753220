// Gives back what nobody claimed of red packets: every server looks for them, so that one that dies loses nothing; the ledger does each once.
import type { Logger } from '../../core/logger.ts'
import type { Database } from '../../db/openDatabase.ts'
import { overduePackets } from './packetStore.ts'
import type { Packets } from './Packets.ts'

const SWEEP_MS = 2000
const AT_ONCE = 100

export type PacketReturnsOptions = { readonly database: Database; readonly packets: Packets; readonly log: Logger }

export class PacketReturns {
  readonly #options: PacketReturnsOptions
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined

  constructor(options: PacketReturnsOptions) {
    this.#options = options
    this.#timer = setInterval(() => void (this.#running ??= this.#sweep().finally(() => (this.#running = undefined))), SWEEP_MS).unref()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #sweep(): Promise<void> {
    const { database, packets, log } = this.#options
    try {
      for (const id of await overduePackets(database, new Date(), AT_ONCE)) {
        await packets.giveBack(id).catch((error: unknown) => log.warn({ err: error, packet: id }, 'a red packet could not be given back; trying again'))
      }
    } catch (error) {
      log.warn({ err: error }, 'red packets that are over could not be looked for; trying again')
    }
  }
}
