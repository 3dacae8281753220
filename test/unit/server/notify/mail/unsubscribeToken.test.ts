// The link that ends a kind of e-mail cannot be made up or bent.
import { expect, test } from 'vitest'
import type { UserId } from '../../../../../server/contract/ids.ts'
import { readUnsubscribeToken, unsubscribeToken } from '../../../../../server/notify/mail/unsubscribeToken.ts'

const who = { userId: 'abcdefghijkmnpqr' as UserId, kind: 'live' } as const
const token = unsubscribeToken(who, 'a secret')

test('a token says whose mails of which kind end', () => {
  expect(readUnsubscribeToken(token, 'a secret')).toEqual(who)
})

test('another secret, user, kind or signature is refused', () => {
  expect(readUnsubscribeToken(token, 'another secret')).toBeUndefined()
  for (const bent of [token.replace('abcd', 'abce'), token.replace('live', 'followed'), token.slice(0, -2), 'nonsense', '']) expect(readUnsubscribeToken(bent, 'a secret'), bent).toBeUndefined()
})
