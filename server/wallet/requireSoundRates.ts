// Refuses rates by which one person with two accounts would make coins of nothing.
import type { Rates } from '../contract/rates.ts'
import { AppError } from '../core/AppError.ts'

const WHOLE = 10_000n

/**
 * Coins that are spent become beans by a share, and beans become coins by exchange: what comes back may not be more than what was spent.
 * @param highest the highest share of a channel's own, in basis points; 0: none has one
 * @throws AppError bad-request
 */
export function requireSoundRates({ giftShare, guardShare, ticketShare, exchangeBeans, exchangeCoins }: Pick<Rates, 'giftShare' | 'guardShare' | 'ticketShare' | 'exchangeBeans' | 'exchangeCoins'>, highest = 0): void {
  const share = Math.max(giftShare, guardShare, ticketShare, highest)
  if (BigInt(share) * BigInt(exchangeCoins) <= WHOLE * BigInt(exchangeBeans)) return
  const message = `With a share of ${share / 100} % the exchange would give back more coins than were spent`
  throw new AppError('bad-request', { message, fields: { exchangeCoins: 'gives back more coins than were spent' } })
}
