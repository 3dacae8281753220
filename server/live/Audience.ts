// Everyone who receives a channel's media from this server, by whatever protocol, so that one who is kept out can be cut off at once.
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Sanction, Standings } from '../moderation/Standings.ts'
import type { Bus, ServerFacts } from '../realtime/Bus.ts'
import { concerns } from './whoWatches.ts'
import type { Who } from './whoWatches.ts'

/** How late one is noticed whose expulsion was told while Redis was away. */
const SWEEP_MS = 5000

type Receiver = { readonly who: Who; readonly cutOff: (sanction: Sanction) => void }
type Seated = { readonly channel: Channel; readonly receivers: Set<Receiver> }

export class Audience {
  readonly #standings: Standings
  readonly #bus: Bus
  readonly #log: Logger
  readonly #channels = new Map<ChannelId, Seated>()
  readonly #timer: NodeJS.Timeout

  constructor({ standings, bus, log }: { standings: Standings; bus: Bus; log: Logger }) {
    this.#standings = standings
    this.#bus = bus
    this.#log = log
    bus.on('kept-out', this.#onKeptOut)
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
  }

  /** @throws AppError kept-out */
  async admit(channel: Channel, who: Who): Promise<void> {
    const sanction = (await this.#standings.of(channel)).keptOut(who)
    if (sanction) throw keptOut(sanction)
  }

  /** @param cutOff ends what this one receives; it is no receiver any more by then. @returns what lets them go */
  enter({ channel, who, cutOff }: { channel: Channel } & Receiver): () => void {
    const seated = this.#channels.get(channel.id) ?? { channel, receivers: new Set<Receiver>() }
    this.#channels.set(channel.id, seated)
    const receiver = { who, cutOff }
    seated.receivers.add(receiver)
    return () => {
      seated.receivers.delete(receiver)
      if (seated.receivers.size === 0 && this.#channels.get(channel.id) === seated) this.#channels.delete(channel.id)
    }
  }

  close(): void {
    this.#bus.off('kept-out', this.#onKeptOut)
    clearInterval(this.#timer)
  }

  readonly #onKeptOut = ({ channelId, subject, until, reason }: ServerFacts['kept-out'][0]): void => {
    const seated = this.#channels.get(channelId)
    if (!seated) return
    const cut = this.#cut(seated, ({ who }) => (concerns(subject, who) && !isUntouchable(seated.channel, who) ? { until: until === null ? null : new Date(until), reason } : null))
    this.#remember(seated.channel, cut).catch((error: unknown) => this.#log.warn({ err: error }, 'where one who is kept out was seen could not be noted'))
  }

  /** A player without a socket is known to moderation only from here: its browser and address must not serve for coming back. */
  async #remember(channel: Channel, cut: readonly Who[]): Promise<void> {
    if (cut.length === 0) return
    const standing = await this.#standings.of(channel)
    for (const who of cut) standing.keptOut(who)
  }

  async #sweep(): Promise<void> {
    try {
      for (const seated of this.#channels.values()) {
        const standing = await this.#standings.of(seated.channel)
        this.#cut(seated, ({ who }) => standing.keptOut(who))
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'who is kept out could not be looked up')
    }
  }

  /** @returns who was cut off */
  #cut({ receivers }: Seated, judge: (receiver: Receiver) => Sanction | null): Who[] {
    const cut: Who[] = []
    for (const receiver of [...receivers]) {
      const sanction = judge(receiver)
      if (!sanction) continue
      receivers.delete(receiver)
      receiver.cutOff(sanction)
      cut.push(receiver.who)
    }
    return cut
  }
}

/** `fields` tells the page why and until when (ISO 8601; empty for good). */
export function keptOut({ until, reason }: Sanction): AppError {
  const seconds = until && Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000))
  return new AppError('kept-out', { message: 'You are kept out of this channel', fields: { until: until?.toISOString() ?? '', reason }, ...(seconds ? { retryAfter: seconds } : {}) })
}

const isUntouchable = ({ ownerId }: Channel, { user }: Who): boolean => user !== undefined && (user.role !== 'user' || user.id === ownerId)
