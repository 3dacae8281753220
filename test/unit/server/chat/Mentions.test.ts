// Who is called with @ in a text.
import { expect, test } from 'vitest'
import { MENTIONS_AT_ONCE, namesCalled } from '../../../../server/chat/Mentions.ts'

test('names are found in any case, among any script, each once', () => {
  expect(namesCalled('@Anna 你好@ben_1，@anna')).toEqual(['anna'])
  expect(namesCalled('@Anna 你好 @ben_1你好，＠carla!')).toEqual(['anna', 'ben_1', 'carla'])
})

test('addresses and short or dangling signs call nobody', () => {
  expect(namesCalled('me@example.com, @a, @ b, @@')).toEqual([])
})

test('one message calls a few people only', () => {
  expect(namesCalled(Array.from({ length: 12 }, (_none, index) => `@user${index}`).join(' '))).toHaveLength(MENTIONS_AT_ONCE)
})
