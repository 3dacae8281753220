// What a newcomer is shown: read from the database at most a few times a second however many come, and never older than what the room has heard.
import { CHAT_RECENT } from '../contract/chat.ts'
import type { ChatMessage } from '../contract/chat.ts'
import type { ChannelId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { lastSeq, recentMessages, removedFrom } from './chatStore.ts'

const KEEP_MS = 250
/** One more than is shown, to know whether there was more. */
const READ = CHAT_RECENT + 1
/** A page shows no more messages than this, so it need not hear what became of older ones. */
const SHOWN_BY_PAGES = 600

export type Recent = {
  /** Oldest first. */
  readonly messages: readonly ChatMessage[]
  /** Every message up to this number is in `messages` or older than all of them. */
  readonly through: number
  /** Messages that a page may still show and must not. */
  readonly removed: readonly string[]
}
type Snapshot = { readonly until: number; readonly loaded: Promise<Recent>; /** Heard since the reading began. */ readonly heard: ChatMessage[] }

export class RecentMessages {
  readonly #database: Database
  readonly #snapshots = new Map<ChannelId, Snapshot>()

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  async of(channelId: ChannelId): Promise<Recent> {
    for (;;) {
      const snapshot = this.#current(channelId)
      const { messages, through, removed } = await snapshot.loaded
      // Something was taken back while it was read: read again.
      if (this.#snapshots.get(channelId) !== snapshot && snapshot.until > Date.now()) continue
      return { messages: merge(messages, snapshot.heard), through: advance(through, snapshot.heard), removed }
    }
  }

  /** A message was said: newcomers who come before the next reading must have it. */
  hear(channelId: ChannelId, message: ChatMessage): void {
    this.#snapshots.get(channelId)?.heard.push(message)
  }

  /** Something was taken away: what was read before counts no longer. */
  forget(channelId: ChannelId): void {
    this.#snapshots.delete(channelId)
  }

  #current(channelId: ChannelId): Snapshot {
    const known = this.#snapshots.get(channelId)
    if (known && known.until > Date.now()) return known
    const snapshot: Snapshot = { until: Date.now() + KEEP_MS, loaded: this.#load(channelId), heard: [] }
    this.#snapshots.set(channelId, snapshot)
    const drop = () => {
      if (this.#snapshots.get(channelId) === snapshot) this.#snapshots.delete(channelId)
    }
    snapshot.loaded.then(() => setTimeout(drop, 2 * KEEP_MS).unref(), drop)
    return snapshot
  }

  /** The number is read first: what is said between the two readings is then in the messages. */
  async #load(channelId: ChannelId): Promise<Recent> {
    const through = await lastSeq(this.#database, channelId)
    const [messages, removed] = await Promise.all([recentMessages(this.#database, channelId, READ), removedFrom(this.#database, channelId, through - SHOWN_BY_PAGES)])
    return { through, messages, removed }
  }
}

function merge(messages: readonly ChatMessage[], heard: readonly ChatMessage[]): readonly ChatMessage[] {
  if (heard.length === 0) return messages
  const byId = new Map([...messages, ...heard].map((message) => [message.id, message]))
  return [...byId.values()].sort((one, other) => one.seq - other.seq).slice(-READ)
}

/** Goes on as long as no number is missing. */
function advance(through: number, heard: readonly ChatMessage[]): number {
  const seqs = new Set(heard.map(({ seq }) => seq))
  let reached = through
  while (seqs.has(reached + 1)) reached += 1
  return reached
}

/**
 * What someone is shown on joining, or on coming back.
 * @param after the number up to which everything is known already
 */
export function catchUp({ messages, through, removed }: Recent, after: number | undefined): { readonly messages: readonly ChatMessage[]; readonly complete: boolean; readonly through: number; readonly removed: readonly string[] } {
  // A number that was never given comes from elsewhere: begin anew.
  const strange = after !== undefined && after > Math.max(through, messages.at(-1)?.seq ?? 0)
  const newer = after === undefined || strange ? messages : messages.filter(({ seq }) => seq > after)
  return { messages: newer.slice(-CHAT_RECENT), complete: after === undefined || (!strange && newer.length <= CHAT_RECENT), through, removed: after === undefined ? [] : removed }
}
