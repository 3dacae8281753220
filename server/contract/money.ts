// Money on the wire: whole minor units as decimal strings, because JSON numbers lose digits beyond 2^53.
import { z } from 'zod'

/** Coins are bought, beans are earned, both whole; anything else is an ISO 4217 code whose minor unit is counted. */
export const realCurrencies = ['CNY', 'USD', 'EUR', 'HKD', 'GBP', 'JPY'] as const
export const realCurrencySchema = z.enum(realCurrencies)
export type RealCurrency = z.infer<typeof realCurrencySchema>
export const currencySchema = z.enum(['coin', 'bean', ...realCurrencies])
export type Currency = z.infer<typeof currencySchema>

/** Digits after the point of a currency's major unit (ISO 4217); coins and beans have none. */
export const currencyDigits: Readonly<Record<Currency, number>> = { coin: 0, bean: 0, CNY: 2, USD: 2, EUR: 2, HKD: 2, GBP: 2, JPY: 0 }

/** No single amount exceeds this: sums of many stay far inside a BIGINT. */
export const MAX_AMOUNT = 1_000_000_000_000n

const isAmount = (text: string): boolean => /^(0|[1-9]\d{0,12})$/.test(text) && BigInt(text) <= MAX_AMOUNT

/** Zero or more minor units, such as `"600"`. */
export const amountSchema = z.string().refine(isAmount, 'must be a whole amount of at most 10^12')
/** One minor unit or more. */
export const priceSchema = amountSchema.refine((text) => text !== '0', 'must be at least 1')
/** A decimal string of minor units; may be negative in statements. */
export type Amount = string

/** What makes a repeated request harmless: made by the page, once for each thing the person means to do. */
export const idempotencyKeySchema = z.string().regex(/^[0-9A-Za-z_-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _')

/** Basis points: 10,000 are the whole. */
export const basisPointsSchema = z.number().int().min(0).max(10_000)
