// What was said, in order and each thing once: takes batches and catch-ups, knows where something is missing, and never grows without bound.
import type { ChatFacts, ChatMessage } from '../../server/contract/chat.ts'
import type { PersonView } from '../../server/contract/people.ts'
import type { LogRow } from './ChatRow.ts'

/** Lines kept; cut down to that when there are some more, so that the list is not renumbered at every message. */
const KEPT = 500
const SLACK = 60
/** Sampled messages nearer than this many lines are told of in one. */
const SAMPLED_APART = 30
const NAMED = 3
/** Ids of removed messages that are remembered, should one still be under way. */
const GONE_KEPT = 1_000

type Removal = Parameters<ChatFacts['chat:removed']>[0]

export class ChatLog {
  #rows: LogRow[] = []
  readonly #shown = new Set<string>()
  readonly #gone = new Set<string>()
  /** Everything up to this seq is known; null before the first catch-up. */
  #contiguous: number | null = null
  /** Known seqs behind a hole. */
  readonly #beyond = new Set<number>()
  /** Seqs up to here were cut off; what comes late of them stays out. */
  #floor = -1
  #extras = 0

  /** Oldest first; a new array after each change. */
  get rows(): readonly LogRow[] {
    return this.#rows
  }

  /** What to ask for `after` on coming back. */
  get contiguous(): number | null {
    return this.#contiguous
  }

  /** Something between what is known has not come. */
  get hasHole(): boolean {
    return this.#contiguous !== null && this.#beyond.size > 0
  }

  /** @returns the messages that are new. */
  add(messages: readonly ChatMessage[], skipped: readonly number[] = []): ChatMessage[] {
    if (skipped.length > 0) this.#sampled(skipped.length)
    const fresh = messages.filter((message) => this.#insert(message))
    for (const { seq } of messages) this.#know(seq)
    for (const seq of skipped) this.#know(seq)
    this.#advance()
    this.#bound()
    return fresh
  }

  /** The answer to a join: closes holes up to `through`. @returns the messages that are new. */
  catchUp({ messages, complete, through }: { readonly messages: readonly ChatMessage[]; readonly complete: boolean; readonly through: number }): ChatMessage[] {
    const again = this.#contiguous !== null
    const first = messages[0]
    if (again && !complete && first !== undefined && !this.#shown.has(first.id)) this.#place({ kind: 'gap', key: this.#extraKey('gap'), seq: first.seq - 1 })
    const fresh = messages.filter((message) => this.#insert(message))
    this.#contiguous = Math.max(this.#contiguous ?? 0, through)
    for (const { seq } of messages) this.#know(seq)
    for (const seq of this.#beyond) if (seq <= this.#contiguous) this.#beyond.delete(seq)
    this.#advance()
    this.#bound()
    return fresh
  }

  /** @param keep shows moderators what another of them took off. */
  remove({ ids, userId, by }: Removal, keep: boolean): void {
    for (const id of ids) this.#forget(id)
    const hit = (message: ChatMessage) => ids.includes(message.id) || (userId !== null && message.author?.id === userId)
    const marked = keep && by === 'moderator'
    this.#rows = this.#rows.flatMap((row): LogRow[] => {
      if (row.kind !== 'message') return [row]
      if (hit(row.message)) {
        this.#forget(row.message.id)
        return marked ? [{ ...row, deleted: true }] : []
      }
      const quoted = row.message.replyTo
      if (quoted === null || !this.#gone.has(quoted.id)) return [row]
      return [{ ...row, message: { ...row.message, replyTo: { ...quoted, text: '' } } }]
    })
    if (!marked) for (const id of ids) this.#shown.delete(id)
  }

  isGone(id: string): boolean {
    return this.#gone.has(id)
  }

  find(id: string): ChatMessage | null {
    const row = this.#rows.find((candidate) => candidate.kind === 'message' && candidate.message.id === id)
    return row?.kind === 'message' ? row.message : null
  }

  /** One line for all who came since somebody last spoke. */
  enter(people: readonly PersonView[], more: number): void {
    const last = this.#rows.at(-1)
    const before = last?.kind === 'entered' ? last : null
    const known = [...(before?.people ?? []), ...people].filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at)
    const rest = this.#rows.filter(({ kind }) => kind !== 'entered')
    const named = known.slice(-NAMED)
    this.#rows = [...rest, { kind: 'entered', key: before?.key ?? this.#extraKey('entered'), seq: rest.at(-1)?.seq ?? 0, people: named, more: (before?.more ?? 0) + more + known.length - named.length }]
  }

  #insert(message: ChatMessage): boolean {
    if (this.#shown.has(message.id) || this.#gone.has(message.id) || message.seq <= this.#floor) return false
    this.#shown.add(message.id)
    this.#place({ kind: 'message', key: message.id, seq: message.seq, message, deleted: false })
    return true
  }

  #place(row: LogRow): void {
    let at = this.#rows.length
    while (at > 0 && (this.#rows[at - 1]?.seq ?? 0) > row.seq) at--
    this.#rows = at === this.#rows.length ? [...this.#rows, row] : this.#rows.toSpliced(at, 0, row)
  }

  #sampled(count: number): void {
    const at = this.#rows.findLastIndex(({ kind }) => kind === 'sampled')
    const row = this.#rows[at]
    if (row?.kind === 'sampled' && this.#rows.length - at <= SAMPLED_APART) this.#rows = this.#rows.with(at, { ...row, count: row.count + count })
    else this.#rows = [...this.#rows, { kind: 'sampled', key: this.#extraKey('sampled'), seq: this.#rows.at(-1)?.seq ?? 0, count }]
  }

  #know(seq: number): void {
    if (this.#contiguous === null || seq > this.#contiguous) this.#beyond.add(seq)
  }

  #advance(): void {
    if (this.#contiguous === null) return
    while (this.#beyond.delete(this.#contiguous + 1)) this.#contiguous++
  }

  #bound(): void {
    if (this.#rows.length <= KEPT + SLACK) return
    const cut = this.#rows.slice(0, -KEPT)
    this.#rows = this.#rows.slice(-KEPT)
    for (const row of cut) {
      if (row.kind !== 'message') continue
      this.#shown.delete(row.message.id)
      this.#floor = Math.max(this.#floor, row.seq)
    }
  }

  #forget(id: string): void {
    this.#gone.add(id)
    if (this.#gone.size > GONE_KEPT) for (const oldest of this.#gone) return void this.#gone.delete(oldest)
  }

  #extraKey(kind: string): string {
    return `${kind}-${++this.#extras}`
  }
}
