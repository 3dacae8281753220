// Takes an amount out of an account that lies in several rows.

/**
 * So much of each row that it makes the amount, the fullest first; rows that give nothing are left out.
 * @param wanted more than zero
 * @returns undefined when all of them together hold less
 */
export function drawFrom<R extends { readonly balance: bigint }>(rows: readonly R[], wanted: bigint): Array<R & { readonly taken: bigint }> | undefined {
  let left = wanted
  const parts: Array<R & { readonly taken: bigint }> = []
  for (const row of rows.toSorted((one, other) => (one.balance > other.balance ? -1 : 1))) {
    const taken = row.balance < left ? row.balance : left
    if (taken <= 0n) break
    parts.push({ ...row, taken })
    left -= taken
  }
  return left === 0n ? parts : undefined
}
