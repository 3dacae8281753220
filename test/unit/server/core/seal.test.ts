// What is sealed opens with the same secret for the same purpose, and not otherwise.
import { expect, test } from 'vitest'
import { seal, unseal } from '../../../../server/core/seal.ts'

const sealing = { secret: 'the installation', purpose: 'payees' }

test('a text comes back, and the same text never looks the same', () => {
  const sealed = seal('6222 账户', sealing)
  expect(unseal(sealed, sealing)).toBe('6222 账户')
  expect(sealed.equals(seal('6222 账户', sealing))).toBe(false)
  expect(sealed.includes('6222')).toBe(false)
  expect(sealed).toHaveLength(28 + Buffer.byteLength('6222 账户'))
})

test('another secret, another purpose, or one changed bit opens nothing', () => {
  const sealed = seal('6222', sealing)
  expect(() => unseal(sealed, { ...sealing, secret: 'another' })).toThrow()
  expect(() => unseal(sealed, { ...sealing, purpose: 'stream keys' })).toThrow()
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  expect(() => unseal(sealed, sealing)).toThrow()
})
