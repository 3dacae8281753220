// The accounts of the ledger: who owns them, which may be overdrawn, and over how many rows a busy one is spread.
import { randomBytes } from 'node:crypto'
import type { AccountKind } from '../contract/wallet.ts'
import type { Currency } from '../contract/money.ts'
import type { UserId } from '../contract/ids.ts'

/** `owner`: a user's id, a provider's name, or empty for the platform itself. */
export type AccountRef = { readonly kind: AccountKind; readonly owner: string; readonly currency: Currency }

/** One spelling of an account, for maps. */
export const nameOf = ({ kind, owner, currency }: AccountRef): string => `${kind} ${owner} ${currency}`

/** `amount` in minor units: positive comes in, negative goes out. */
export type Leg = { readonly account: AccountRef; readonly amount: bigint }

export const userAccount = (userId: UserId, currency: 'coin' | 'bean'): AccountRef => ({ kind: 'user', owner: userId, currency })
export const heldAccount = (userId: UserId, currency: 'coin' | 'bean'): AccountRef => ({ kind: 'held', owner: userId, currency })
export const platformAccount = (kind: 'revenue' | 'issue' | 'sales' | 'loss', currency: Currency): AccountRef => ({ kind, owner: '', currency })
export const clearingAccount = (provider: string, currency: Currency): AccountRef => ({ kind: 'clearing', owner: provider, currency })

/** What belongs to a user never falls below zero; the platform's accounts show how much went which way. */
export const mayBeNegative = ({ kind }: AccountRef): boolean => kind !== 'user' && kind !== 'held'

/**
 * Rows of one account. Everybody's gifts meet in the platform's accounts and a famous host's beans, so those are spread and only added up when
 * read; coins are spent by their owner alone.
 */
export const lanesOf = ({ kind, currency }: AccountRef): number => (mayBeNegative({ kind, owner: '', currency }) ? 16 : kind === 'user' && currency === 'bean' ? 8 : 1)

/** Random bits of a row's id, below its rank: ids stay below 2^53, where every comparison that a database may make of them is exact. */
const ID_BITS = 49
const RANKS = { coin: 0n, 'held coin': 1n, 'held bean': 2n, bean: 3n, platform: 4n } as const

function rankOf({ kind, currency }: AccountRef): bigint {
  if (kind === 'user') return currency === 'bean' ? RANKS.bean : RANKS.coin
  if (kind === 'held') return currency === 'bean' ? RANKS['held bean'] : RANKS['held coin']
  return RANKS.platform
}

/**
 * The id of a new row. Rows are locked in ascending order of id, so what one person spends from comes first and what everybody meets in comes last:
 * who waits for a wallet holds up nobody else.
 */
export const newRowId = (account: AccountRef): string => String((rankOf(account) << BigInt(ID_BITS)) | (randomBytes(8).readBigUInt64BE() >> BigInt(64 - ID_BITS)))
