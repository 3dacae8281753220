// The shop: coins for goods, and beans for coins.
import { z } from 'zod'
import { idempotencyKeySchema, priceSchema } from './money.ts'
import type { Amount } from './money.ts'
import type { LocalizedName } from './gifts.ts'
import type { PersonView } from './people.ts'
import type { Rates } from './rates.ts'

/** Pieces of one order. */
export const GOODS_MAX_QUANTITY = 99
/** Bytes of an uploaded picture. */
export const GOODS_PICTURE_MAX_BYTES = 5 * 1024 * 1024
/** Codes that one upload may bring, and the characters of one. */
export const GOODS_CODES_AT_ONCE = 5000
export const GOODS_CODE_MAX_LENGTH = 200

/** `code`: each piece is one of a list of codes; `text`: each buyer gets the same words; `physical`: it is sent to an address. */
export const goodsKinds = ['code', 'text', 'physical'] as const
export const goodsKindSchema = z.enum(goodsKinds)
export type GoodsKind = z.infer<typeof goodsKindSchema>

/** What happens to an order. Digital goods are `done` at once; `cancelled`: paid back. */
export const goodsOrderStates = ['paid', 'packed', 'sent', 'done', 'cancelled'] as const
export const goodsOrderStateSchema = z.enum(goodsOrderStates)
export type GoodsOrderState = z.infer<typeof goodsOrderStateSchema>

const line = (max: number) => z.string().trim().min(1, 'must not be empty').max(max, `must have at most ${max} characters`)
/** Where goods are sent: as people write it, for the eyes of staff. */
export const addressSchema = z.object({ name: line(80), phone: line(40), country: line(60), region: line(80), city: line(80), street: line(200), postcode: z.string().trim().max(20).default('') })
export type Address = z.infer<typeof addressSchema>

export type GoodsView = {
  readonly id: string
  readonly kind: GoodsKind
  readonly name: LocalizedName
  readonly text: LocalizedName
  /** Null: pages draw a sign of its kind. */
  readonly pictureUrl: string | null
  readonly price: Amount
  /** Pieces left; null: no end of them. */
  readonly left: number | null
  /** Pieces a person may buy; null: any number. */
  readonly perPerson: number | null
  /** Pieces that the asker has bought. */
  readonly bought: number
}

export type ExchangeRate = Pick<Rates, 'exchangeBeans' | 'exchangeCoins'>
/** `GET /api/shop` -> ShopView: the shelf in the operator's order. `me` is null when logged out. */
export type ShopView = { readonly goods: readonly GoodsView[]; readonly rate: ExchangeRate; readonly me: { readonly coins: Amount; readonly beans: Amount } | null }

/** `POST /api/shop/goods/:id/orders` -> 201 GoodsOrderBought. `price` is that of one piece as the page showed it; `address` for physical goods alone. */
export const goodsOrderSchema = z.object({ quantity: z.number().int().min(1).max(GOODS_MAX_QUANTITY), price: priceSchema, address: addressSchema.optional(), key: idempotencyKeySchema })
export type GoodsOrderRequest = z.infer<typeof goodsOrderSchema>
export type GoodsOrderBought = { readonly order: GoodsOrderView; readonly coins: Amount }

/** As its buyer sees it. */
export type GoodsOrderView = {
  readonly id: string
  readonly kind: GoodsKind
  readonly name: LocalizedName
  readonly pictureUrl: string | null
  readonly quantity: number
  readonly total: Amount
  readonly state: GoodsOrderState
  /** Codes, or the words that were bought: for the buyer alone. */
  readonly delivered: readonly string[]
  readonly address: Address | null
  /** Of the parcel; empty until it was sent. */
  readonly tracking: string
  /** Why it was cancelled; empty otherwise. */
  readonly reason: string
  readonly at: string
  readonly changedAt: string
}
const before = z.string().regex(/^\d{1,19}$/).optional()
/** `GET /api/shop/orders` -> GoodsOrderPage, newest first. */
export const goodsOrdersSchema = z.object({ before, limit: z.coerce.number().int().min(1).max(100).default(20) })
export type GoodsOrderPage = { readonly orders: readonly GoodsOrderView[]; readonly next: string | null }

/** `POST /api/shop/exchange` -> Exchanged. `coins` are what the page showed for these beans: another rate meanwhile is refused with `price-changed`. */
export const exchangeSchema = z.object({ beans: priceSchema, coins: priceSchema, key: idempotencyKeySchema })
export type Exchanged = { readonly coins: Amount; readonly beans: Amount; /** What was given and got. */ readonly gave: Amount; readonly got: Amount }

/**
 * What beans become: as many whole coins as they pay for (rounded down), and no more beans are taken than those coins cost (rounded up), so that what
 * would be lost to rounding stays with its owner.
 */
export function quoteExchange(beans: bigint, { exchangeBeans, exchangeCoins }: ExchangeRate): { readonly coins: bigint; readonly beans: bigint } {
  const [per, gives] = [BigInt(exchangeBeans), BigInt(exchangeCoins)]
  const coins = (beans * gives) / per
  return { coins, beans: (coins * per + gives - 1n) / gives }
}

/** For operators: `GET /api/admin/goods` -> AdminGoods[]; `POST` takes a draft -> 201 AdminGoods; `PUT /:id` -> AdminGoods; `PUT /:id/picture` takes the bytes. */
export const goodsDraftSchema = z.object({
  kind: goodsKindSchema,
  name: z.object({ en: line(60), zhCN: line(60) }),
  text: z.object({ en: z.string().trim().max(1000), zhCN: z.string().trim().max(1000) }),
  price: priceSchema,
  /** Pieces left; null: no end. Goods of kind `code` have as many as there are codes. */
  stock: z.number().int().min(0).max(1_000_000).nullable(),
  /** The stock that the form was opened with: when some were sold meanwhile the change is refused with `state-changed`. */
  stockWas: z.number().int().min(0).max(1_000_000).nullable().default(null),
  perPerson: z.number().int().min(1).max(1000).nullable(),
  /** Kind `text`: what buyers get. */
  granted: z.string().trim().max(2000).default(''),
  onSale: z.boolean(),
  place: z.number().int().min(0).max(100_000),
})
export type GoodsDraft = z.infer<typeof goodsDraftSchema>
export type AdminGoods = Omit<GoodsDraft, 'stockWas'> & { readonly id: string; readonly pictureUrl: string | null; readonly sold: number }

/** `POST /api/admin/goods/:id/codes` takes text/plain, one code a line -> CodesAdded; codes that are there already are left out. */
export const goodsCodesSchema = z.array(line(GOODS_CODE_MAX_LENGTH)).min(1, 'must have a code').max(GOODS_CODES_AT_ONCE, `must have at most ${GOODS_CODES_AT_ONCE} codes`)
export type CodesAdded = { readonly added: number; readonly repeated: number; readonly goods: AdminGoods }

/** `GET /api/admin/goods/orders` -> AdminGoodsOrderPage, newest first. */
export const adminGoodsOrdersSchema = goodsOrdersSchema.extend({ state: goodsOrderStateSchema.optional(), user: z.string().max(64).optional() })
export type AdminGoodsOrder = Omit<GoodsOrderView, 'delivered'> & { /** Null: the account is gone. */ readonly buyer: PersonView | null }
export type AdminGoodsOrderPage = { readonly orders: readonly AdminGoodsOrder[]; readonly next: string | null }

/** `POST /api/admin/goods/orders/:id/step` -> AdminGoodsOrder; 409 state-changed when it is not in `from` any more. */
export const goodsStepSchema = z.object({ from: goodsOrderStateSchema, to: z.enum(['packed', 'sent', 'done']), tracking: z.string().trim().max(100).default('') })
export type GoodsStep = z.infer<typeof goodsStepSchema>
/** `POST /api/admin/goods/orders/:id/cancel` -> AdminGoodsOrder: coins go back; so do the pieces, but for codes, which were read. */
export const goodsCancelSchema = z.object({ reason: line(200) })

/** Which way an order goes, beside being cancelled, which it may be at any time. */
const next: Readonly<Record<GoodsOrderState, GoodsStep['to'] | null>> = { paid: 'packed', packed: 'sent', sent: 'done', done: null, cancelled: null }
export const nextGoodsStep = (state: GoodsOrderState): GoodsStep['to'] | null => next[state]
export const mayCancelGoods = (state: GoodsOrderState): boolean => state !== 'cancelled'
