// Pictures in private chat: uploaded first, sent with a message, served to the two alone, and removed with their message.
import { join } from 'node:path'
import type { Knex } from 'knex'
import sharp from 'sharp'
import type { UserId } from '../contract/ids.ts'
import type { PrivateImage } from '../contract/privateChat.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { PictureStore } from '../pictures/PictureStore.ts'

const SIDE = 1600
/** A picture may be sent within this time after its upload; it is swept only long after, so that no sending meets the broom. */
const SEND_MS = 3_600_000
const SWEEP_AFTER_MS = 2 * SEND_MS
const SWEEP_EVERY_MS = 10 * 60_000
const SWEEP_AT_ONCE = 200
/** When detached pictures say they were made: nobody may send or see them any more. */
const LONG_AGO = new Date('2000-01-01T00:00:00Z')

type ImageRow = { id: string; owner_id: UserId; message_id: string | null; file: string; width: number; height: number; created_at: Date }

export const viewImage = ({ id, width, height }: { id: string; width: number; height: number }): PrivateImage => ({ id, url: `/api/messages/images/${id}`, width, height })

export class PrivateImages {
  /** Not among the folders that are served. */
  readonly #store: PictureStore
  readonly #database: Database
  readonly #log: Logger
  readonly #timer: NodeJS.Timeout

  constructor({ database, mediaDir, log }: { database: Database; mediaDir: string; log: Logger }) {
    this.#database = database
    this.#log = log
    this.#store = new PictureStore({ mediaDir, folder: 'private-pictures', width: SIDE, height: SIDE, fit: 'inside' })
    this.#timer = setInterval(() => void this.sweep(), SWEEP_EVERY_MS).unref()
  }

  get folder(): string {
    return this.#store.folder
  }

  /** @throws AppError bad-image */
  async add(ownerId: UserId, bytes: Buffer): Promise<PrivateImage> {
    const file = await this.#store.save(bytes)
    const { width, height } = await sharp(join(this.folder, `${file}.webp`)).metadata()
    const id = newId()
    await this.#database('private_images').insert({ id, owner_id: ownerId, file, width, height, created_at: new Date() })
    return viewImage({ id, width, height })
  }

  /** The stored name of a picture that this user may see: their own fresh upload, or one of their conversations. @throws AppError not-found */
  async fileFor(userId: UserId, id: string): Promise<string> {
    const row = (await this.#database('private_images').where({ id }).first()) as ImageRow | undefined
    if (row && (row.message_id === null ? row.owner_id === userId && this.#isFresh(row) : await this.#mayRead(userId, row.message_id))) return row.file
    throw new AppError('not-found', { message: 'There is no such picture' })
  }

  /** Ties an upload to its message. @throws AppError bad-image for one that is not there, not one's own, sent already, or too old */
  async attach(transaction: Knex.Transaction, { id, ownerId, messageId }: { id: string; ownerId: UserId; messageId: string }): Promise<void> {
    const attached = await transaction('private_images').where({ id, owner_id: ownerId, message_id: null }).where('created_at', '>', new Date(Date.now() - SEND_MS)).update({ message_id: messageId })
    if (attached !== 1) throw new AppError('bad-image', { message: 'Upload the picture again' })
  }

  /** Takes the pictures of messages away from everyone; `sweep` removes their files once that is committed. */
  async detach(transaction: Knex.Transaction, messages: Knex.QueryBuilder | readonly string[]): Promise<void> {
    await transaction('private_images').whereIn('message_id', messages as readonly string[]).update({ message_id: null, created_at: LONG_AGO })
  }

  /** A deleted account's pictures, sent or not. */
  async detachAllOf(transaction: Knex.Transaction, ownerId: UserId): Promise<void> {
    await transaction('private_images').where({ owner_id: ownerId }).update({ message_id: null, created_at: LONG_AGO })
  }

  /** Removes the files of what was detached or never sent. Failures are logged and tried again at the next sweep. */
  async sweep(): Promise<void> {
    try {
      const rows = (await this.#database('private_images').where({ message_id: null }).where('created_at', '<', new Date(Date.now() - SWEEP_AFTER_MS)).limit(SWEEP_AT_ONCE)) as ImageRow[]
      for (const { id, file } of rows) {
        await this.#store.remove(file)
        await this.#database('private_images').where({ id }).delete()
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'private pictures could not be swept')
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #isFresh({ created_at }: ImageRow): boolean {
    return created_at.getTime() > Date.now() - SEND_MS
  }

  async #mayRead(userId: UserId, messageId: string): Promise<boolean> {
    const row = await this.#database('private_messages')
      .join('private_members', 'private_members.conversation_id', 'private_messages.conversation_id')
      .where({ 'private_messages.id': messageId, 'private_members.user_id': userId })
      .whereRaw('private_messages.seq > private_members.hidden_seq')
      .first('private_messages.id')
    return row !== undefined
  }
}
