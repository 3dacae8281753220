import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawFrom } from '../../../../server/wallet/drawFrom.ts'

const rows = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 8 }).map((balances) => balances.map((balance, at) => ({ id: String(at), balance })))

test('what is drawn is exactly what was wanted, from no row more than it holds, and from no row nothing', () => {
  fc.assert(
    fc.property(rows, fc.bigInt({ min: 1n, max: 8000n }), (lanes, wanted) => {
      const parts = drawFrom(lanes, wanted)
      const whole = lanes.reduce((sum, { balance }) => sum + balance, 0n)
      if (whole < wanted) return void expect(parts).toBeUndefined()
      expect(parts?.reduce((sum, { taken }) => sum + taken, 0n)).toBe(wanted)
      for (const { taken, balance } of parts ?? []) expect(taken > 0n && taken <= balance).toBe(true)
      expect(new Set(parts?.map(({ id }) => id)).size).toBe(parts?.length)
    }),
  )
})

test('the fullest rows give first, so that few of them are written', () => {
  expect(drawFrom([{ id: 'a', balance: 5n }, { id: 'b', balance: 50n }, { id: 'c', balance: 20n }], 60n)).toEqual([
    { id: 'b', balance: 50n, taken: 50n },
    { id: 'c', balance: 20n, taken: 10n },
  ])
})
