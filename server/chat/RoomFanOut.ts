// Shows one room's readers on this server what was said: at once while it is quiet, in one packet every 100 ms when it is not.
import type { ChatMessage } from '../contract/chat.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { chatRoom, readerRoom } from './chatRooms.ts'
import { refill, sampleBatch, SHOWN_PER_SECOND } from './sampleBatch.ts'
import type { Heard } from './sampleBatch.ts'

/** No room gets packets more often: Socket.IO's cost is by packet and socket, not by byte. */
const BATCH_MS = 100
/** When one packet took that share of the time to hand out, the next waits longer, up to LONGEST_MS. */
const BUSY_SHARE = 0.5
const LONGEST_MS = 200
/** Ids remembered, so that what is told twice is shown once. */
const REMEMBERED = 500

export class RoomFanOut {
  readonly #sockets: FootlightServer
  readonly #channelId: ChannelId
  readonly #channel: string
  readonly #told = new Set<string>()
  #pending: Heard[] = []
  #timer: NodeJS.Timeout | undefined
  #flushedAt = -LONGEST_MS
  #pauseMs = BATCH_MS
  #allowance = SHOWN_PER_SECOND

  constructor({ sockets, channelId, channel }: { sockets: FootlightServer; channelId: ChannelId; channel: string }) {
    this.#sockets = sockets
    this.#channelId = channelId
    this.#channel = channel
  }

  /** Shows a message, unless it was shown before. */
  say(one: Heard): void {
    if (this.#told.has(one.message.id)) return
    this.#remember(one.message.id)
    this.#pending.push(one)
    if (this.#timer) return
    // Even in a quiet room those that were stored together go out together.
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, this.#flushedAt + this.#pauseMs - performance.now()))
  }

  /** Takes messages off every page; what was not shown yet never is. */
  remove(fact: { readonly ids: readonly string[]; readonly userId: UserId | null; readonly by: 'author' | 'moderator' }): void {
    this.#pending = this.#pending.filter(({ message }) => !fact.ids.includes(message.id) && (fact.userId === null || message.author?.id !== fact.userId))
    this.#sockets.local.to(chatRoom(this.#channelId)).emit('chat:removed', { channel: this.#channel, ...fact })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#pending = []
  }

  #flush(): void {
    this.#timer = undefined
    const begun = performance.now()
    this.#allowance = refill(this.#allowance, begun - this.#flushedAt)
    this.#flushedAt = begun
    const heard = this.#pending
    this.#pending = []
    if (heard.length === 0) return
    const { shown, skipped, allowance } = sampleBatch(heard, this.#allowance)
    this.#allowance = allowance
    const bySeq = shown.sort((one, other) => one.seq - other.seq)
    // One encoding for the whole room: Socket.IO frames a broadcast once.
    this.#sockets.local.to(chatRoom(this.#channelId)).emit('chat:batched', { channel: this.#channel, messages: bySeq, skipped: skipped.map(({ seq }) => seq) })
    for (const message of skipped) this.#tellConcerned(message)
    const tookMs = performance.now() - begun
    this.#pauseMs = Math.min(LONGEST_MS, Math.max(BATCH_MS, tookMs / BUSY_SHARE))
  }

  /** What the room does not see still reaches its author's pages and those it mentions. */
  #tellConcerned(message: ChatMessage): void {
    const names = [...message.mentions, ...(message.author ? [message.author.name] : [])]
    const rooms = names.map((name) => readerRoom(this.#channelId, name)).filter((room) => this.#sockets.sockets.adapter.rooms.has(room))
    if (rooms.length > 0) this.#sockets.local.to(rooms).emit('chat:batched', { channel: this.#channel, messages: [message], skipped: [] })
  }

  #remember(id: string): void {
    this.#told.add(id)
    if (this.#told.size <= REMEMBERED) return
    const [oldest] = this.#told
    if (oldest !== undefined) this.#told.delete(oldest)
  }
}
