import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLanes } from '../../../../server/wallet/joinLanes.ts'
import type { LaneEntry } from '../../../../server/wallet/joinLanes.ts'

const LANES = 8
/** Transfers in the order of their entries' ids, each in some of the lanes. */
const history = fc.array(fc.uniqueArray(fc.record({ lane: fc.nat(LANES - 1), amount: fc.bigInt({ min: -50n, max: 50n }) }), { minLength: 1, maxLength: LANES, selector: ({ lane }) => lane }), { maxLength: 40 })

type Entry = LaneEntry & { readonly lane: number }
function entriesOf(transfers: ReadonlyArray<ReadonlyArray<{ lane: number; amount: bigint }>>): Entry[] {
  let id = 0
  return transfers.flatMap((parts, at) => parts.map(({ lane, amount }) => ({ lane, id: String((id += 1)), transferId: `transfer-${at}`, amount, at: new Date(at), type: 'gift' as const, note: '' })))
}

test('page after page, every transfer is there once, newest first, with all that it moved', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 2, max: 6 }), (transfers, take) => {
      const entries = entriesOf(transfers)
      const read = (below: bigint) => Array.from({ length: LANES }, (_, lane) => entries.filter((entry) => entry.lane === lane && BigInt(entry.id) < below).toReversed().slice(0, take))
      const seen: Array<{ transferId: string; amount: bigint }> = []
      for (let below = 10_000n; ; ) {
        const { lines, complete } = joinLanes(read(below), take)
        seen.push(...lines.map(({ transferId, amount }) => ({ transferId, amount })))
        if (complete) break
        expect(lines.length).toBeGreaterThan(0)
        below = BigInt(lines.at(-1)?.firstId ?? 0)
      }
      const expected = transfers.map((parts, at) => ({ transferId: `transfer-${at}`, amount: parts.reduce((sum, { amount }) => sum + amount, 0n) }))
      expect(seen).toEqual(expected.toReversed())
    }),
  )
})
