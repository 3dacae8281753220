// Stores messages: what gathers while a channel's former transaction runs goes into the next one, so that a busy room costs little.
import type { ChatMessage } from '../contract/chat.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { findRepeats, findStoredLines, toRow } from './chatStore.ts'
import type { MessageState, StoredMessage } from './chatStore.ts'

/** How long the first message of a quiet channel waits for company. */
const GATHER_MS = 2
/** Rows of one insert; bounds a transaction's time. */
const AT_ONCE = 200

/** All of a message but its number, which storing gives. */
export type Draft = Omit<ChatMessage, 'seq'>
export type Written = StoredMessage & { /** The same client id was stored before: this is what it became. */ readonly repeated: boolean }
type Waiting = { readonly draft: Draft; readonly state: MessageState; readonly lineUserId: UserId | null; readonly done: (written: Written) => void; readonly failed: (error: unknown) => void }

/**
 * Numbers rise in the order of commits: the row of the channel's chat is locked from numbering to commit, so that whoever
 * reads up to a number has everything below it, on every server and whatever becomes of Redis.
 */
export class MessageWriter {
  readonly #database: Database
  readonly #waiting = new Map<ChannelId, Waiting[]>()
  readonly #writing = new Set<ChannelId>()

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** Resolves once it is in the database. @param lineUserId whom a line is about. The same author's same client id, and a line of the same id, is stored once. */
  write(channelId: ChannelId, draft: Draft, state: MessageState, lineUserId: UserId | null = null): Promise<Written> {
    return new Promise((done, failed) => {
      const queue = this.#waiting.get(channelId) ?? []
      this.#waiting.set(channelId, queue)
      queue.push({ draft, state, lineUserId, done, failed })
      if (this.#writing.has(channelId)) return
      this.#writing.add(channelId)
      setTimeout(() => void this.#drain(channelId), GATHER_MS)
    })
  }

  async #drain(channelId: ChannelId): Promise<void> {
    for (;;) {
      const batch = this.#waiting.get(channelId)?.splice(0, AT_ONCE) ?? []
      if (batch.length === 0) break
      try {
        const written = await transact(this.#database, (transaction) => store(transaction, channelId, batch))
        for (const [index, one] of batch.entries()) one.done(written[index] as Written)
      } catch (error) {
        for (const one of batch) one.failed(error)
      }
    }
    this.#waiting.delete(channelId)
    this.#writing.delete(channelId)
  }
}

const keyOf = (authorId: string | null | undefined, clientId: string | null): string | null => (authorId && clientId ? `${authorId} ${clientId}` : null)

async function store(transaction: Database, channelId: ChannelId, batch: readonly Waiting[]): Promise<Written[]> {
  let seq = await lockRoom(transaction, channelId)
  const keys = batch.flatMap(({ draft }) => (draft.author && draft.clientId ? [{ authorId: draft.author.id, clientId: draft.clientId }] : []))
  const known = new Map((await findRepeats(transaction, channelId, keys)).map((one) => [keyOf(one.authorId, one.message.clientId), one]))
  const lineIds = batch.flatMap(({ draft }) => (draft.line ? [draft.id] : []))
  for (const one of await findStoredLines(transaction, channelId, lineIds)) known.set(one.message.id, one)
  const rows: Array<ReturnType<typeof toRow>> = []
  const written = batch.map(({ draft, state, lineUserId }): Written => {
    const key = draft.line ? draft.id : keyOf(draft.author?.id, draft.clientId)
    const former = key === null ? undefined : known.get(key)
    if (former) return { ...former, repeated: true }
    seq += 1
    const one = { message: { ...draft, seq }, state, authorId: draft.author?.id ?? null }
    if (key !== null) known.set(key, one)
    rows.push(toRow(one.message, { channelId, state, lineUserId }))
    return { ...one, repeated: false }
  })
  if (rows.length > 0) {
    await transaction('chat_messages').insert(rows)
    await transaction('chat_rooms').where({ channel_id: channelId }).update({ last_seq: seq })
  }
  return written
}

/** Locks the channel's chat until the transaction ends. @returns the newest number */
export async function lockRoom(transaction: Database, channelId: ChannelId): Promise<number> {
  const read = async () => ((await transaction('chat_rooms').where({ channel_id: channelId }).forUpdate().first('last_seq')) as { last_seq: number } | undefined)?.last_seq
  const known = await read()
  if (known !== undefined) return known
  await transaction('chat_rooms').insert({ channel_id: channelId }).onConflict('channel_id').ignore()
  return (await read()) ?? 0
}

/** Gives a held message the next number, so that those who catch up get it. @returns the number */
export async function renumber(transaction: Database, channelId: ChannelId, id: string, change: Record<string, unknown>): Promise<number> {
  const seq = (await lockRoom(transaction, channelId)) + 1
  await transaction('chat_messages').where({ id, channel_id: channelId }).update({ ...change, seq })
  await transaction('chat_rooms').where({ channel_id: channelId }).update({ last_seq: seq })
  return seq
}

