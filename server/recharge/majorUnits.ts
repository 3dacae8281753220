// Amounts as some providers write them: decimal strings of the major unit, exact both ways.

/** @param digits after the point. @returns such as `6.00` for 600 */
export function toMajor(minor: bigint, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** @returns minor units; undefined for what is no such amount */
export function fromMajor(text: string | undefined, digits: number): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d*))?$/.exec(text ?? '') ?? []
  if (whole === undefined || fraction.length > digits) return undefined
  return BigInt(whole + fraction.padEnd(digits, '0'))
}
