// What was said in a kept broadcast, in time with its picture: fetched in windows ahead of it, and right after each seek.
import type { ChatMessage } from '../../server/contract/chat.ts'
import { openModes } from './chatLimits.ts'
import type { ChatRow } from './ChatRow.ts'
import type { ChatSnapshot, ChatSource } from './ChatSource.ts'

const WINDOW_MS = 60_000
/** What was said that long before is shown after a seek. */
const BEFORE_MS = 60_000
/** The next window is asked for this long before it is needed. */
const AHEAD_MS = 20_000
const SHOWN = 500
/** The server's answers have at most so many. */
const PAGE = 500
/** A larger step of the picture's clock is a seek. */
const STEP_MS = 3_000
const AGAIN_MS = 3_000

type Options = {
  /** @returns messages from the first to before the second offset, oldest first, at most 500. */
  readonly load: (fromMs: number, toMs: number) => Promise<readonly ChatMessage[]>
  readonly onFailed: (failed: boolean) => void
}

const offsetOf = ({ offsetMs }: ChatMessage) => offsetMs ?? 0
const rowOf = (message: ChatMessage): ChatRow => ({ kind: 'message', key: message.id, seq: message.seq, message, deleted: false })

export class ReplayChat implements ChatSource {
  readonly #options: Options
  readonly #listeners = new Set<() => void>()
  readonly #freshListeners = new Set<(message: ChatMessage, own: boolean) => void>()
  #messages: ChatMessage[] = []
  /** What of the broadcast is loaded: from the first to before the second. */
  #from = 0
  #to = 0
  #at = -1
  #shown = 0
  #turn = 0
  #loading = false
  #pauseUntil = 0
  #snapshot: ChatSnapshot

  constructor(options: Options) {
    this.#options = options
    this.#snapshot = { state: 'joined', rows: [], modes: openModes, pinned: null, self: null, nextAt: 0, serverAhead: 0, held: [] }
  }

  get snapshot(): ChatSnapshot {
    return this.#snapshot
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly onFresh = (listener: (message: ChatMessage, own: boolean) => void): (() => void) => {
    this.#freshListeners.add(listener)
    return () => this.#freshListeners.delete(listener)
  }

  /** The picture is here now. Call it a few times a second. */
  sync(atMs: number): void {
    const step = atMs - this.#at
    const sought = this.#at < 0 || step < 0 || step > STEP_MS
    const before = this.#at
    this.#at = atMs
    if (atMs < this.#from || (sought && atMs > this.#to)) this.#startAt(Math.max(0, atMs - BEFORE_MS))
    if (atMs + AHEAD_MS >= this.#to) void this.#loadMore()
    const now = this.#messages.filter((message) => offsetOf(message) <= atMs)
    if (!sought) for (const message of now) if (offsetOf(message) > before) for (const listener of this.#freshListeners) listener(message, false)
    if (now.length === this.#shown && !sought) return
    this.#shown = now.length
    this.#show(now)
  }

  #startAt(fromMs: number): void {
    this.#turn++
    this.#loading = false
    this.#messages = []
    this.#from = fromMs
    this.#to = fromMs
    this.#shown = -1
  }

  async #loadMore(): Promise<void> {
    if (this.#loading || Date.now() < this.#pauseUntil) return
    this.#loading = true
    const turn = this.#turn
    const from = this.#to
    // After a seek everything up to the present is wanted at once.
    const to = Math.max(from, this.#at) + WINDOW_MS
    try {
      const loaded = await this.#options.load(from, to)
      if (turn !== this.#turn) return
      const known = new Set(this.#messages.map(({ id }) => id))
      this.#messages = [...this.#messages, ...loaded.filter(({ id }) => !known.has(id))]
      const last = loaded.at(-1)
      // A full answer may have been cut; its last moment is asked for again, unless nothing else came.
      this.#to = loaded.length < PAGE || last === undefined ? to : Math.max(from + 1, offsetOf(last))
      this.#forgetOld()
      this.#options.onFailed(false)
    } catch {
      if (turn !== this.#turn) return
      this.#pauseUntil = Date.now() + AGAIN_MS
      this.#options.onFailed(true)
    }
    this.#loading = false
    this.#shown = -1
    // A busy minute has several pages; the picture waits for none of them.
    if (this.#to < this.#at) void this.#loadMore()
  }

  /** Long past lines go; a seek back loads them anew. */
  #forgetOld(): void {
    const past = this.#messages.filter((message) => offsetOf(message) < this.#at - BEFORE_MS)
    if (past.length <= 2 * SHOWN) return
    const cut = past[past.length - SHOWN]
    if (cut === undefined) return
    this.#messages = this.#messages.slice(past.length - SHOWN)
    this.#from = Math.max(this.#from, offsetOf(cut))
  }

  #show(messages: readonly ChatMessage[]): void {
    this.#snapshot = { ...this.#snapshot, rows: messages.slice(-SHOWN).map(rowOf) }
    for (const listener of this.#listeners) listener()
  }
}
