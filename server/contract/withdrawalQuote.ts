// What a withdrawal gives: one piece of arithmetic, done alike by the server and by the page that asks.

export type WithdrawalRate = { readonly beansPerMinorUnit: number; readonly cutBasisPoints: number }
export type WithdrawalQuote = { readonly gross: bigint; readonly cut: bigint; readonly money: bigint }

/** In minor units: gross = floor(beans / beansPerMinorUnit), cut = gross × basis points / 10,000 rounded up, money = gross − cut. */
export function quoteWithdrawal(beans: bigint, { beansPerMinorUnit, cutBasisPoints }: WithdrawalRate): WithdrawalQuote {
  const gross = beans / BigInt(beansPerMinorUnit)
  const cut = (gross * BigInt(cutBasisPoints) + 9999n) / 10_000n
  return { gross, cut, money: gross - cut }
}
