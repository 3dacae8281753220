import { describe, expect, test } from 'vitest'
import { messagePageSchema, privateChatRequests, privateKeySchema, privateTextSchema } from '../../../../server/contract/privateChat.ts'

const textOf = (text: string) => privateTextSchema.safeParse(text)

describe('the text of a private message', () => {
  test('has at most 1000 characters, counted as people count them', () => {
    expect(textOf('😀'.repeat(1000)).success).toBe(true)
    expect(textOf('字'.repeat(1001)).error?.issues[0]?.message).toBe('must have at most 1000 characters')
  })

  test('keeps line breaks, but not rows of empty lines', () => {
    expect(textOf(' one\r\ntwo\n\n\n\n\nthree ').data).toBe('one\ntwo\n\nthree')
  })

  test.each(['bell\u0007', 'right-to-left\u202e', 'invisible\u200b', 'tab\tstop'])('refuses control characters: %j', (text) => {
    expect(textOf(text).error?.issues[0]?.message).toBe('must not contain control characters')
  })

  test('keeps emoji that are made of several characters', () => {
    expect(textOf('👩‍👩‍👧 ❤️').data).toBe('👩‍👩‍👧 ❤️')
  })
})

test('a message has words or a picture', () => {
  const send = privateChatRequests['private:send']
  const base = { to: 'grace', clientId: 'client-0001' }
  expect(send.safeParse({ ...base, text: ' \n ' }).error?.issues[0]).toMatchObject({ path: ['text'], message: 'must not be empty' })
  expect(send.safeParse({ ...base, text: '', image: 'image-0001' }).success).toBe(true)
})

test('a key is a name or a conversation of someone who is gone', () => {
  for (const key of ['grace', '~abcdefgh23456789']) expect(privateKeySchema.safeParse(key).success, key).toBe(true)
  for (const key of ['', '~', 'No Name', '../x']) expect(privateKeySchema.safeParse(key).success, key).toBe(false)
})

test('a page goes one way', () => {
  expect(messagePageSchema.safeParse({ before: '7' }).data).toEqual({ before: 7, limit: 40 })
  expect(messagePageSchema.safeParse({}).success).toBe(false)
  expect(messagePageSchema.safeParse({ before: '7', after: '3' }).success).toBe(false)
})
