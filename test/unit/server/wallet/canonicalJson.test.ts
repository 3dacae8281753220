import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../server/wallet/canonicalJson.ts'

/** The same value, its members in another order. */
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([name, part]) => [name, shuffled(part)]))
}

test('the order in which members were written makes no difference', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))))
})

test('it reads back as what was written', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))))
})

test('different requests are spelt differently', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, other) => {
      expect(canonicalJson({ value, other })).not.toBe(canonicalJson({ value, other: `${other}.` }))
      expect(canonicalJson({ value, other })).not.toBe(canonicalJson({ value }))
    }),
  )
  expect(canonicalJson({ quantity: 1 })).not.toBe(canonicalJson({ quantity: '1' }))
})

test('members that are undefined are not there', () => {
  expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}')
})
