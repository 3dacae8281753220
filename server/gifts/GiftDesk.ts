// What operators do with the catalogue: write drafts, publish them as versions that never change, take gifts off sale.
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { AdminGift, GiftDraft, GiftFile } from '../contract/gifts.ts'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Catalogue } from './Catalogue.ts'
import type { GiftFiles } from './files/GiftFiles.ts'
import { findVersion, insertGift, insertVersion, listGifts, lockGift, publishedGifts, sentCounts, updateGift } from './giftStore.ts'
import type { PublishedGift, StoredGift } from './giftStore.ts'
import { giftFileUrl, isOnSaleAt, viewGift } from './giftView.ts'
import type { Shares } from './Shares.ts'

export type GiftDeskDeps = { readonly database: Database; readonly catalogue: Catalogue; readonly files: GiftFiles; readonly shares: Shares; readonly channels: Channels; readonly audit: Audit }

export class GiftDesk {
  readonly #deps: GiftDeskDeps

  constructor(deps: GiftDeskDeps) {
    this.#deps = deps
  }

  /** Drafts and retired ones too, in the order of the shelf. */
  async list(): Promise<AdminGift[]> {
    const { database } = this.#deps
    await this.#open()
    const [gifts, published, sent] = await Promise.all([listGifts(database), publishedGifts(database), sentCounts(database)])
    const byId = new Map(published.map((gift) => [gift.id, gift]))
    return gifts.toSorted((one, other) => one.draft.place - other.draft.place || one.id.localeCompare(other.id)).map((gift) => viewFor(gift, byId.get(gift.id), sent.get(gift.id) ?? 0))
  }

  /** @throws AppError bad-request */
  async create(operator: User, draft: GiftDraft): Promise<AdminGift> {
    await this.#requireSound(draft)
    await this.#open()
    const id = newId<string>()
    await transact(this.#deps.database, async (within) => {
      await insertGift(within, id, draft)
      await this.#record(within, operator, 'gift:create', { gift: id, draft })
    })
    return this.#one(id)
  }

  /** @throws AppError gift-not-found, bad-request */
  async save(operator: User, id: string, draft: GiftDraft): Promise<AdminGift> {
    await this.#requireSound(draft)
    await this.#change(operator, id, 'gift:save', async (within) => {
      await updateGift(within, id, { draft })
      return { draft }
    })
    return this.#one(id)
  }

  /** The draft becomes the version on sale; one that says the same goes on as it was. @throws AppError gift-not-found, bad-request */
  async publish(operator: User, id: string): Promise<AdminGift> {
    await this.#change(operator, id, 'gift:publish', async (within, gift) => {
      await this.#requireSound(gift.draft, within)
      const former = gift.version === null ? undefined : await findVersion(within, id, gift.version)
      const isNew = JSON.stringify(former) !== JSON.stringify(gift.draft)
      const version = (gift.version ?? 0) + (isNew ? 1 : 0)
      if (isNew) await insertVersion(within, id, version, gift.draft)
      await updateGift(within, id, { version, retired: false })
      return { version, price: gift.draft.price }
    })
    return this.#one(id)
  }

  /** Takes it off sale until it is published again. @throws AppError gift-not-found */
  async retire(operator: User, id: string): Promise<AdminGift> {
    await this.#change(operator, id, 'gift:retire', async (within) => {
      await updateGift(within, id, { retired: true })
      return {}
    })
    return this.#one(id)
  }

  /** @throws AppError bad-image, bad-effect, too-large */
  async upload(operator: User, kind: 'icon' | 'effect', bytes: Buffer): Promise<GiftFile> {
    const { files, database } = this.#deps
    const file = kind === 'icon' ? await files.saveIcon(bytes) : await files.saveEffect(bytes)
    await this.#record(database, operator, 'gift:upload', { file: file.file, kind: file.kind, bytes: file.bytes })
    return file
  }

  /** A channel's own share of gifts. @throws AppError channel-not-found */
  async setShare(operator: User, channelName: string, share: number | null): Promise<{ readonly share: number | null }> {
    const { database, shares, channels, audit } = this.#deps
    const channel = await channels.byName(channelName)
    await transact(database, async (within) => {
      await shares.set(channel.id, share, within)
      await audit.record({ actorId: operator.id, channelId: channel.id, action: 'gift:share', targetId: channel.ownerId, reason: '', detail: { share } }, within)
    })
    return { share }
  }

  async shareOf(channelName: string): Promise<{ readonly share: number | null }> {
    const { shares, channels } = this.#deps
    return { share: await shares.ownOf((await channels.byName(channelName)).id) }
  }

  /** The starter set comes first: it is put where there is no gift yet. */
  async #open(): Promise<void> {
    await this.#deps.catalogue.onSale()
  }

  async #change(operator: User, id: string, action: string, step: (within: Database, gift: StoredGift) => Promise<Record<string, unknown>>): Promise<void> {
    const { database, catalogue } = this.#deps
    await transact(database, async (within) => {
      const gift = await lockGift(within, id)
      if (!gift) throw new AppError('gift-not-found', { message: 'There is no such gift' })
      await this.#record(within, operator, action, { gift: id, ...(await step(within, gift)) })
    })
    catalogue.forget()
  }

  async #record(within: Database, operator: User, action: string, detail: Record<string, unknown>): Promise<void> {
    await this.#deps.audit.record({ actorId: operator.id, channelId: null, action, targetId: null, reason: '', detail }, within)
  }

  async #one(id: string): Promise<AdminGift> {
    const found = (await this.list()).find((gift) => gift.id === id)
    if (!found) throw new AppError('gift-not-found', { message: 'There is no such gift' })
    return found
  }

  /** Its files are there and are what it says they are, and its dates have an order. */
  async #requireSound({ icon, effect, effectFile, durationMs, onSaleFrom, onSaleTo }: GiftDraft, within: Database = this.#deps.database): Promise<void> {
    const { files } = this.#deps
    const fields: Record<string, string> = {}
    if ((await files.kindOf(icon, within)) !== 'icon') fields['icon'] = 'is not an uploaded picture'
    if (effect === 'none' && effectFile !== null) fields['effectFile'] = 'is for a gift with an effect'
    if (effect !== 'none' && (effectFile === null || (await files.kindOf(effectFile, within)) !== effect)) fields['effectFile'] = `is not an uploaded effect of kind ${effect}`
    if (effect !== 'none' && durationMs === 0) fields['durationMs'] = 'must be the effect’s'
    if (onSaleFrom && onSaleTo && Date.parse(onSaleFrom) >= Date.parse(onSaleTo)) fields['onSaleTo'] = 'must be after its begin'
    if (Object.keys(fields).length > 0) throw new AppError('bad-request', { message: Object.entries(fields).map(([field, problem]) => `${field} ${problem}`).join('; '), fields })
  }
}

function viewFor({ id, draft, retired }: StoredGift, published: PublishedGift | undefined, sent: number): AdminGift {
  return {
    id,
    draft,
    iconUrl: giftFileUrl(draft.icon),
    effectUrl: draft.effectFile === null ? null : giftFileUrl(draft.effectFile),
    published: published ? viewGift(id, published.version, published.draft) : null,
    changed: JSON.stringify(published?.draft) !== JSON.stringify(draft),
    onSale: published !== undefined && !retired && isOnSaleAt(published.draft, Date.now()),
    sent,
  }
}
