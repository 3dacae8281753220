// What a shared address is about: the channel or replay with everything a poster, a crawler or an oEmbed reader is told.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Channels } from '../../channels/Channels.ts'
import type { BroadcastId } from '../../contract/ids.ts'
import { AppError } from '../../core/AppError.ts'
import type { Database } from '../../db/openDatabase.ts'
import { findReplay } from '../../replay/replayStore.ts'
import type { ChannelCards } from '../ChannelCards.ts'
import type { ShareSubject } from './pageHead.ts'
import { shareWords } from './shareWords.ts'
import type { ShareLanguage } from './shareWords.ts'

export type DrawableSubject = ShareSubject & {
  readonly category: string
  /** Files of the picture and of the owner's avatar, where there are any. */
  readonly pictureFile: string | null
  readonly avatarFile: string | null
}

export type ShareSubjectsDeps = { readonly database: Database; readonly channels: Channels; readonly cards: ChannelCards; readonly mediaDir: string }

export class ShareSubjects {
  readonly #deps: ShareSubjectsDeps

  constructor(deps: ShareSubjectsDeps) {
    this.#deps = deps
  }

  /** @throws AppError channel-not-found */
  async channel(name: string, language: ShareLanguage): Promise<DrawableSubject> {
    const { channels, cards, mediaDir } = this.#deps
    const { id } = await channels.byName(name)
    const card = (await cards.byId([id])).get(id)
    if (!card) throw new AppError('channel-not-found')
    const entry = (await cards.live()).find(({ channelId }) => channelId === id)
    const live = card.live !== null
    const category = shareWords[language].category[card.category]
    const snapshot = entry && card.coverUrl?.startsWith('/snapshots/') ? join(mediaDir, 'live', entry.broadcastId, 'snapshot.jpg') : null
    return {
      kind: 'channel',
      path: `/c/${name}`,
      title: card.title,
      description: shareWords[language].describe({ owner: card.owner.displayName, kind: 'channel', live, category }),
      picture: card.coverUrl ?? `/api/channels/${name}/poster.jpg`,
      embedPath: `/embed/${name}`,
      owner: card.owner.displayName,
      live,
      category,
      pictureFile: snapshot ?? stored(mediaDir, card.coverUrl),
      avatarFile: stored(mediaDir, card.owner.avatarUrl),
    }
  }

  /** @throws AppError replay-not-found */
  async replay(broadcastId: BroadcastId, language: ShareLanguage): Promise<DrawableSubject> {
    const { database, mediaDir } = this.#deps
    const replay = await findReplay(database, broadcastId)
    if (!replay || replay.state === 'failed') throw new AppError('replay-not-found')
    const channel = await this.channel(replay.channel, language)
    const poster = join(mediaDir, 'recordings', broadcastId, 'poster.jpg')
    const drawn = replay.state === 'ready' && (await access(poster).then(() => true, () => false))
    return {
      ...channel,
      kind: 'replay',
      path: `/r/${broadcastId}`,
      title: replay.title,
      description: shareWords[language].describe({ owner: channel.owner, kind: 'replay', live: false, category: channel.category }),
      picture: drawn ? replay.posterUrl : `/api/replays/${broadcastId}/poster.jpg`,
      embedPath: `/embed/${replay.channel}?replay=${broadcastId}`,
      live: false,
      pictureFile: drawn ? poster : channel.live ? null : channel.pictureFile,
    }
  }
}

/** The file behind an address of the file store such as `/covers/x.webp`. */
const stored = (mediaDir: string, url: string | null): string | null => (url && /^\/(covers|avatars)\/[\w-]+\.webp$/.test(url) ? join(mediaDir, url) : null)
