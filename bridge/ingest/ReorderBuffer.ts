// Puts RTP packets back in order: what a host's network lost and sent again arrives late.
import type { RtpPacket } from './rtpPacket.ts'

export type ReorderBufferOptions = {
  /** `lost`: at least one packet before this one never came. */
  readonly onPacket: (packet: RtpPacket, lost: boolean) => void
  /** Longest wait for a missing packet, ms, and most packets that wait with it. */
  readonly maxWaitMs?: number
  readonly maxWaiting?: number
  readonly now?: () => number
}

/** A step this far, either way, is another stream and not disorder. */
const MAX_STEP = 3_000
/** So many late packets in a row are no stragglers: the numbering has begun anew a little lower. */
const MAX_LATE = 50

export class ReorderBuffer {
  readonly #options: Required<ReorderBufferOptions>
  #next: number | undefined
  #waiting = new Map<number, RtpPacket>()
  #waitingSince = 0
  #late = 0

  constructor(options: ReorderBufferOptions) {
    this.#options = { maxWaitMs: 200, maxWaiting: 512, now: () => performance.now(), ...options }
  }

  push(packet: RtpPacket): void {
    if (this.#next === undefined) this.#next = packet.sequence
    const step = signed16(packet.sequence - this.#next)
    this.#late = step < 0 ? this.#late + 1 : 0
    if (Math.abs(step) > MAX_STEP || this.#late > MAX_LATE) return this.#restart(packet)
    if (step < 0 || packet.payload.length === 0) return this.#empty(packet, step)
    if (step === 0) {
      this.#emit(packet, false)
      this.#drain()
    } else {
      if (this.#waiting.size === 0) this.#waitingSince = this.#options.now()
      this.#waiting.set(packet.sequence, packet)
    }
    this.check()
  }

  /** Gives up on a packet that was waited for long enough. */
  check(): void {
    const { maxWaitMs, maxWaiting, now } = this.#options
    if (this.#waiting.size === 0 || (this.#waiting.size < maxWaiting && now() - this.#waitingSince < maxWaitMs)) return
    const next = this.#next ?? 0
    const nearest = [...this.#waiting.values()].reduce((a, b) => (signed16(a.sequence - next) <= signed16(b.sequence - next) ? a : b))
    this.#waiting.delete(nearest.sequence)
    this.#emit(nearest, true)
    this.#drain()
    this.#waitingSince = now()
  }

  /** Padding probes carry nothing but do use a number; late doubles are dropped. */
  #empty(packet: RtpPacket, step: number): void {
    if (step === 0) {
      this.#next = (packet.sequence + 1) & 0xffff
      this.#drain()
    } else if (step > 0) this.#waiting.set(packet.sequence, packet)
  }

  #restart(packet: RtpPacket): void {
    this.#waiting.clear()
    this.#emit(packet, true)
  }

  #drain(): void {
    for (let packet = this.#take(); packet !== undefined; packet = this.#take()) this.#emit(packet, false)
  }

  #take(): RtpPacket | undefined {
    const packet = this.#waiting.get(this.#next ?? -1)
    if (packet) this.#waiting.delete(packet.sequence)
    return packet
  }

  #emit(packet: RtpPacket, lost: boolean): void {
    this.#next = (packet.sequence + 1) & 0xffff
    if (packet.payload.length > 0 || lost) this.#options.onPacket(packet, lost)
  }
}

function signed16(difference: number): number {
  return ((difference + 0x8000) & 0xffff) - 0x8000
}
