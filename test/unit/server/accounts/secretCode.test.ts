import { expect, test } from 'vitest'
import { hashSecretCode, newSecretCode } from '../../../../server/accounts/secretCode.ts'

test('a code is four groups of four that are read off without mistakes, and never the same', () => {
  const codes = Array.from({ length: 200 }, newSecretCode)
  for (const code of codes) expect(code).toMatch(/^[2-9a-km-np-z]{4}(-[2-9a-km-np-z]{4}){3}$/)
  expect(new Set(codes).size).toBe(200)
})

test('dashes are for the eye alone', () => {
  expect(hashSecretCode('abcd-efgh')).toEqual(hashSecretCode('abcdefgh'))
  expect(hashSecretCode('abcd-efgh')).not.toEqual(hashSecretCode('abcd-efgi'))
})
