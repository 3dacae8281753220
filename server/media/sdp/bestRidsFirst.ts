// Which of a client's simulcast streams is the largest: SDP does not say so plainly, and viewers are given layers by it.
import type { OfferedRid } from './SdpOffer.ts'

/** Usual names, the smallest first. */
const scales = [['q', 'h', 'f'], ['l', 'm', 'h'], ['low', 'mid', 'high'], ['low', 'medium', 'high'], ['lo', 'mid', 'hi'], ['r0', 'r1', 'r2', 'r3']]

/**
 * Ordered by a restriction in `a=rid` (RFC 8851: max-width, max-height, max-br) if all have it; else by usual names;
 * else as listed, because RFC 8853 section 5.2 lists the most preferred first.
 */
export function bestRidsFirst(rids: readonly OfferedRid[]): string[] {
  for (const name of ['max-width', 'max-height', 'max-br', 'max-fs']) {
    const limits = rids.map(({ params }) => Number(new RegExp(`(?:^|[;\\s])${name}=(\\d{1,9})(?:;|$)`).exec(params)?.[1]))
    if (rids.length > 0 && limits.every((limit) => limit > 0) && new Set(limits).size > 1) return sortBy(rids, (_, index) => limits[index] ?? 0)
  }
  const scale = scales.find((names) => rids.every(({ rid }) => names.includes(rid.toLowerCase())))
  if (scale !== undefined) return sortBy(rids, ({ rid }) => scale.indexOf(rid.toLowerCase()))
  return rids.map(({ rid }) => rid)
}

function sortBy(rids: readonly OfferedRid[], size: (rid: OfferedRid, index: number) => number): string[] {
  const sized = rids.map((one, index) => ({ rid: one.rid, size: size(one, index) }))
  return sized.toSorted((a, b) => b.size - a.size).map(({ rid }) => rid)
}
