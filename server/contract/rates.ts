// What the platform takes and gives: set by operators, read by every slice that moves money.
import { z } from 'zod'
import { amountSchema, basisPointsSchema, priceSchema, realCurrencySchema } from './money.ts'

const positive = z.number().int().min(1).max(1_000_000)

/** `GET /api/admin/rates` -> Rates; `PATCH /api/admin/rates` takes some of them -> Rates. */
export const ratesSchema = z.object({
  /** The host's share of what is spent on gifts, guards, tickets; a channel may have its own for gifts. Beans = floor(coins × share / 10,000). */
  giftShare: basisPointsSchema.default(5000),
  guardShare: basisPointsSchema.default(5000),
  ticketShare: basisPointsSchema.default(7000),
  /** What it costs to guard a host for a term, in coins. */
  guardWeek: priceSchema.default('980'),
  guardMonth: priceSchema.default('2980'),
  guardYear: priceSchema.default('29800'),
  /** Beans to coins: coins = floor(beans × exchangeCoins / exchangeBeans). */
  exchangeBeans: positive.default(1),
  exchangeCoins: positive.default(1),
  /** Withdrawal: minor units of money = floor(beans / beansPerMinorUnit), then the platform's cut (rounded up) is taken off. */
  payoutCurrency: realCurrencySchema.default('CNY'),
  beansPerMinorUnit: positive.default(1),
  withdrawalCut: basisPointsSchema.default(0),
  /** Beans. */
  withdrawalMinimum: amountSchema.default('10000'),
  /** Beans a calendar month (UTC); 0: no cap. */
  withdrawalMonthlyCap: amountSchema.default('0'),
  /** Days of the month (UTC) on which one may ask; empty: any day. */
  withdrawalDays: z.array(z.number().int().min(1).max(31)).max(31).default([]),
  /** From this many minor units two different people must approve. */
  withdrawalTwoPeople: amountSchema.default('1000000'),
  withdrawalNeedsName: z.boolean().default(true),
})
export type Rates = z.infer<typeof ratesSchema>
/** No defaults here: what is not named stays. */
export const ratesChangeSchema = z.object(Object.fromEntries(Object.entries(ratesSchema.shape).map(([name, schema]) => [name, schema.removeDefault().optional()])) as { [N in keyof typeof ratesSchema.shape]: z.ZodOptional<ReturnType<(typeof ratesSchema.shape)[N]['removeDefault']>> })
export type RatesChange = z.infer<typeof ratesChangeSchema>
