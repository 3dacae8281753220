// Lets people into paid shows by whatever protocol, and ends what they receive at the moment their preview or paid minute does.
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { AccessView } from '../contract/tickets.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { LiveDirectory } from './LiveDirectory.ts'
import type { Admitted } from './PlaybackGate.ts'
import { tokenWrong } from './PlaybackTokens.ts'
import { ticketNeeded } from './ShowAccess.ts'
import type { Show, ShowAccess } from './ShowAccess.ts'
import type { Who } from './whoWatches.ts'

/** Who has no end in sight is asked again this often: a ticket may be paid back, a moderator let go. */
const SWEEP_MS = 5000
/** A show that waits for its host: its preview begins this soon after the first picture at the latest. */
const WAIT_MS = 1000
const RETRY_MS = 1000
/** As often is asked again while the answer cannot be had; then this is over. */
const TRIES = 3

export type Ward = {
  readonly channel: Channel
  readonly broadcastId: BroadcastId
  readonly who: Who
  /** Ends what this one receives; nobody watches over it any more by then. */
  readonly cutOff: (access: AccessView) => void
}
type Watched = Ward & { access: AccessView; timer: NodeJS.Timeout | undefined; failures: number; gone: boolean }

export type PaidShowsOptions = { readonly access: ShowAccess; readonly directory: LiveDirectory; readonly bus: Bus; readonly log: Logger }

export class PaidShows {
  readonly #options: PaidShowsOptions
  readonly #watched = new Set<Watched>()

  constructor(options: PaidShowsOptions) {
    this.#options = options
    options.bus.on('ticket-changed', this.#onChanged)
  }

  /** What someone may receive, from now on; `needed` is an answer. Null: the show is free. */
  of(channel: Channel, show: Show, who: Who): Promise<AccessView | null> {
    return this.#options.access.of({ channel, show, who, takes: true })
  }

  /** @throws AppError ticket-needed; channel-offline while it waits for its host and nothing counts; playback-token-wrong for a paid show by a token that was given to another browser at another address */
  async admit({ channel, who, lent }: Admitted, show: Show): Promise<AccessView | null> {
    if (show.ticket === null) return null
    if (lent) throw tokenWrong('This playback token was given to somebody else')
    const access = await this.of(channel, show, who)
    if (access?.access === 'needed') throw ticketNeeded(access)
    // What was sent last is no gift to who comes now.
    if (access?.access === 'waiting') throw new AppError('channel-offline', { message: `${channel.name} waits for its host`, retryAfter: 1 })
    return access
  }

  /** For pictures of a show: who receives it may see them; asking begins nothing. @throws AppError ticket-needed, playback-token-wrong */
  async requireReceiving({ channel, who, lent }: Pick<Admitted, 'channel' | 'who' | 'lent'>, show: Show): Promise<void> {
    if (show.ticket === null) return
    if (lent) throw tokenWrong('This playback token was given to somebody else')
    const access = await this.#options.access.of({ channel, show, who, takes: false })
    if (access && (access.access === 'needed' || access.access === 'waiting' || (access.access === 'preview' && access.until === null))) throw ticketNeeded(access)
  }

  /** @param access as it was let in. @returns what ends the watch over it */
  watchOver(ward: Ward, access: AccessView | null): () => void {
    if (access === null) return () => undefined
    const watched: Watched = { ...ward, access, timer: undefined, failures: 0, gone: false }
    this.#watched.add(watched)
    this.#wait(watched, access)
    return () => this.#drop(watched)
  }

  close(): void {
    this.#options.bus.off('ticket-changed', this.#onChanged)
    for (const watched of this.#watched) this.#drop(watched)
  }

  readonly #onChanged = ({ channelId, userId }: { channelId: ChannelId; userId: UserId }): void => {
    for (const watched of this.#watched) if (watched.channel.id === channelId && watched.who.user?.id === userId) void this.#again(watched)
  }

  #wait(watched: Watched, access: AccessView): void {
    const left = access.until === null ? SWEEP_MS : Date.parse(access.until) - Date.now()
    this.#askIn(watched, access.access === 'waiting' ? WAIT_MS : Math.min(Math.max(0, left), SWEEP_MS))
  }

  #askIn(watched: Watched, ms: number): void {
    clearTimeout(watched.timer)
    watched.timer = setTimeout(() => void this.#again(watched), ms).unref()
  }

  async #again(watched: Watched): Promise<void> {
    const { channel, broadcastId, who } = watched
    try {
      const show = await this.#options.directory.of(channel.id)
      // Nothing is sent of one that has ended; where another began, the page asks anew.
      const access = show?.id === broadcastId ? await this.of(channel, show, who) : watched.access
      if (watched.gone || access === null) return
      watched.failures = 0
      watched.access = access
      if (access.access === 'needed') this.#cut(watched)
      else if (show?.id === broadcastId) this.#wait(watched, access)
      else this.#askIn(watched, SWEEP_MS)
    } catch (error) {
      this.#options.log.warn({ err: error, broadcastId }, 'whether someone may go on watching is not known')
      if (watched.gone) return
      watched.failures += 1
      if (watched.failures >= TRIES) this.#cut(watched)
      else this.#askIn(watched, RETRY_MS)
    }
  }

  #cut(watched: Watched): void {
    this.#drop(watched)
    watched.cutOff({ ...watched.access, access: 'needed', until: null })
  }

  #drop(watched: Watched): void {
    watched.gone = true
    clearTimeout(watched.timer)
    this.#watched.delete(watched)
  }
}
