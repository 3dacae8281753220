// The gifts there are: what is on sale now, and how each looked when it was sent.
import type { GiftDraft, GiftView } from '../contract/gifts.ts'
import { AppError } from '../core/AppError.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { isOnSaleAt, viewGift } from './giftView.ts'
import { addStarterGifts, findVersion, publishedGifts } from './giftStore.ts'
import type { PublishedGift } from './giftStore.ts'

/** A gift that was retired is refused on every server within that time. */
const KEEP_MS = 1500
/** Versions never change. */
const VERSION_KEPT_MS = 3_600_000

type Published = ReadonlyMap<string, PublishedGift & { readonly view: GiftView }>

export class Catalogue {
  readonly #published: Remembered<'published', Published>
  readonly #versions: Remembered<string, GiftView>

  constructor({ database }: { database: Database }) {
    this.#published = new Remembered({ keepMs: KEEP_MS, load: () => load(database) })
    this.#versions = new Remembered({ keepMs: VERSION_KEPT_MS, load: (key) => loadVersion(database, key) })
  }

  /** In the operators' order. */
  async onSale(now = Date.now()): Promise<GiftView[]> {
    const gifts = [...(await this.#published.get('published')).values()]
    return gifts.filter((gift) => isForSale(gift, now)).toSorted((one, other) => one.draft.place - other.draft.place || one.id.localeCompare(other.id)).map(({ view }) => view)
  }

  /**
   * The gift at the version that a page showed.
   * @throws AppError gift-not-found; off-sale; price-changed when another version is on sale
   */
  async forSale(id: string, version: number, now = Date.now()): Promise<GiftView> {
    const gift = (await this.#published.get('published')).get(id)
    if (!gift) throw new AppError('gift-not-found', { message: 'There is no such gift' })
    if (!isForSale(gift, now)) throw new AppError('off-sale', { message: 'This gift is not on sale now' })
    if (gift.version !== version) throw new AppError('price-changed', { message: 'This gift was changed meanwhile' })
    return gift.view
  }

  /** A gift as it was at a version, on sale or not. @throws AppError gift-not-found */
  async at(id: string, version: number): Promise<GiftView> {
    return this.#versions.get(`${version} ${id}`)
  }

  /** Something was published or retired here. */
  forget(): void {
    this.#published.forgetAll()
  }
}

const isForSale = ({ draft, retired }: PublishedGift, now: number): boolean => !retired && isOnSaleAt(draft, now)

async function load(database: Database): Promise<Published> {
  let gifts = await publishedGifts(database)
  if (gifts.length === 0 && (await addStarterGifts(database))) gifts = await publishedGifts(database)
  return new Map(gifts.map((gift) => [gift.id, { ...gift, view: viewGift(gift.id, gift.version, gift.draft) }]))
}

async function loadVersion(database: Database, key: string): Promise<GiftView> {
  const [version = '', id = ''] = key.split(' ')
  const draft: GiftDraft | undefined = await findVersion(database, id, Number(version))
  if (!draft) throw new AppError('gift-not-found', { message: 'There is no such gift' })
  return viewGift(id, Number(version), draft)
}
