// What the whole of a kept show costs.
import type { TicketTerms } from '../contract/tickets.ts'

/** @param spent coins paid for its minutes while it ran; they count. @returns coins; zero where it is paid already */
export function replayPrice({ kind, price }: TicketTerms, { durationMs, spent }: { durationMs: number; spent: bigint }): bigint {
  if (kind === 'show') return BigInt(price)
  const all = BigInt(price) * BigInt(Math.max(1, Math.ceil(durationMs / 60_000)))
  return spent >= all ? 0n : all - spent
}
