// What is wrong with a sum of beans, before the server is asked; the server has the last word.
import type { Amount } from '../../server/contract/money.ts'
import type { WithdrawalTerms } from '../../server/contract/withdrawal.ts'
import { quoteWithdrawal } from '../../server/contract/withdrawalQuote.ts'

export type WithdrawalProblem = 'not-whole' | 'minimum' | 'too-many' | 'month'

/** @param beans null: what was typed is no amount */
export function withdrawalProblem(beans: Amount | null, terms: WithdrawalTerms): WithdrawalProblem | null {
  if (beans === null) return 'not-whole'
  const asked = BigInt(beans)
  if (asked < BigInt(terms.minimum) || quoteWithdrawal(asked, terms).money <= 0n) return 'minimum'
  if (asked > BigInt(terms.beans)) return 'too-many'
  return terms.leftThisMonth !== null && asked > BigInt(terms.leftThisMonth) ? 'month' : null
}
