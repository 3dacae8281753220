// Commands on channels: open one, change it, and hand its stream key to its owner alone.
import { EventEmitter } from 'node:events'
import type { Category } from '../contract/http.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { isRetired, retireName } from '../db/retiredNames.ts'
import { PictureStore } from '../pictures/PictureStore.ts'
import { findAbandoned, findChannel, insertChannel, listChannels, readKey, renameChannel, updateChannel, writeKey, writeTags } from './channelStore.ts'
import type { Channel, SealedKey } from './channelStore.ts'
import { hashStreamKey, newStreamKey, openStreamKey, sealStreamKey, streamKeyMatches } from './streamKey.ts'

/** What names of channels without an owner begin with. */
const ABANDONED = 'deleted-'

/** `changed`: title, category, tags or cover were changed by this server, or the channel is new. */
export class Channels extends EventEmitter<{ changed: [{ channelId: ChannelId }] }> {
  readonly #database: Database
  readonly #covers: PictureStore
  readonly #secret: string

  constructor({ database, mediaDir, appSecret }: { database: Database; mediaDir: string; appSecret: string }) {
    super()
    this.#database = database
    this.#covers = new PictureStore({ mediaDir, folder: 'covers', width: 1280, height: 720, fit: 'cover' })
    this.#secret = appSecret
  }

  /** @throws AppError name-taken, channel-exists */
  async open(request: { ownerId: UserId; name: string; title: string; category: Category }): Promise<Channel> {
    if (request.name.startsWith(ABANDONED) || (await isRetired(this.#database, this.#secret, request.name))) throw new AppError('name-taken', { message: `The name ${request.name} is taken` })
    const channelId = await insertChannel(this.#database, { ...request, key: this.#seal(newStreamKey()) })
    this.emit('changed', { channelId })
    return this.byName(request.name)
  }

  /** @throws AppError channel-not-found */
  async byName(name: string): Promise<Channel> {
    const channel = await findChannel(this.#database, { name })
    if (!channel) throw new AppError('channel-not-found', { message: `There is no channel ${name}` })
    return channel
  }

  async ownedBy(ownerId: UserId): Promise<Channel | undefined> {
    return findChannel(this.#database, { owner_id: ownerId })
  }

  /** The channel, for its owner alone. @throws AppError channel-not-found, forbidden */
  async ownedByName(name: string, userId: UserId): Promise<Channel> {
    const channel = await this.byName(name)
    if (channel.ownerId !== userId) throw new AppError('forbidden', { message: `Only the owner of ${name} may do this` })
    return channel
  }

  async list(): Promise<Channel[]> {
    return listChannels(this.#database)
  }

  /** @param tags normalised; they replace the old ones */
  async change(channel: Channel, { tags, ...change }: { title?: string; category?: Category; record?: boolean; tags?: readonly string[] }): Promise<Channel> {
    await this.#database.transaction(async (within) => {
      await updateChannel(within, channel.id, change)
      if (tags) await writeTags(within, channel.id, tags)
    })
    this.emit('changed', { channelId: channel.id })
    return this.byName(channel.name)
  }

  /** @param image JPEG, PNG or WebP bytes. @throws AppError bad-image */
  async setCover(channel: Channel, image: Buffer): Promise<Channel> {
    const cover = await this.#covers.save(image)
    await updateChannel(this.#database, channel.id, { cover })
    this.emit('changed', { channelId: channel.id })
    if (channel.cover) await this.#covers.remove(channel.cover)
    return this.byName(channel.name)
  }

  /** @throws Error when APP_SECRET is not the one the key was sealed with */
  async streamKeyOf(channel: Channel): Promise<string> {
    const key = await readKey(this.#database, channel.id)
    if (!key) throw new AppError('channel-not-found')
    return openStreamKey(key.sealed, this.#secret)
  }

  async replaceStreamKey(channel: Channel): Promise<string> {
    const streamKey = newStreamKey()
    await writeKey(this.#database, channel.id, this.#seal(streamKey))
    return streamKey
  }

  /**
   * The channel a stream key opens.
   * @param name the channel it must belong to (WHIP names it), any for RTMP.
   * @throws AppError wrong-stream-key, channel-not-found (an unknown `name`)
   */
  async byStreamKey(streamKey: string, name?: string): Promise<Channel> {
    const channel = name === undefined ? await findChannel(this.#database, { key_hash: hashStreamKey(streamKey) }) : await this.byName(name)
    const key = channel && (await readKey(this.#database, channel.id))
    if (!channel || !key || !streamKeyMatches(streamKey, key.hash)) throw new AppError('wrong-stream-key', { message: 'The stream key is wrong or was replaced' })
    return channel
  }

  /** The channel that a deleted account has left behind. */
  async ofDeleted(ownerId: UserId): Promise<Channel | undefined> {
    return findAbandoned(this.#database, ownerId)
  }

  /** Takes from an abandoned channel all that its host gave it; nobody gets its name again. May be called twice. */
  async erase(channel: Channel): Promise<void> {
    if (!channel.name.startsWith(ABANDONED)) await retireName(this.#database, this.#secret, channel.name)
    await this.#database.transaction(async (within) => {
      await renameChannel(within, channel.id, `${ABANDONED}${channel.id}`)
      await updateChannel(within, channel.id, { title: '', cover: null })
      await writeTags(within, channel.id, [])
    })
    await this.replaceStreamKey(channel)
    if (channel.cover) await this.#covers.remove(channel.cover)
    this.emit('changed', { channelId: channel.id })
  }

  #seal(streamKey: string): SealedKey {
    return { hash: hashStreamKey(streamKey), sealed: sealStreamKey(streamKey, this.#secret) }
  }
}
