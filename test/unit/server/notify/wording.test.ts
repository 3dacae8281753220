// Notifications outside the pages speak the reader's language.
import { expect, test } from 'vitest'
import { noticeMail, wordNotice } from '../../../../server/notify/wording.ts'

const actor = { id: 'x', name: 'ada', displayName: 'Ada', avatarUrl: null } as never
const channel = { name: 'ada-live', title: 'Evenings' } as never

test('in Chinese for who reads Chinese, in English for everyone else', () => {
  const what = { kind: 'live', actor, channel, text: 'Tonight' } as const
  expect(wordNotice('en', what)).toEqual({ title: 'Ada is live', body: 'Tonight' })
  expect(wordNotice(null, what)).toEqual(wordNotice('en', what))
  expect(wordNotice('zh-CN', what)).toEqual({ title: 'Ada 开播了', body: 'Tonight' })
})

test('a mention outside a channel names no channel', () => {
  expect(wordNotice('en', { kind: 'mentioned', actor, channel: null, text: 'hi' }).title).toBe('Ada mentioned you')
  expect(wordNotice('en', { kind: 'mentioned', actor, channel, text: 'hi' }).title).toBe('Ada mentioned you in Evenings')
})

test('a mail has the way to the page and the way out of more, where the platform knows its address', () => {
  const what = { kind: 'reminder', actor: null, channel, text: 'The show' } as const
  const { subject, text } = noticeMail('en', what, { open: 'https://a.example/open', unsubscribe: 'https://a.example/out' })
  expect(subject).toBe('Evenings is about to begin · Footlight')
  expect(text).toContain('https://a.example/open')
  expect(text).toContain('https://a.example/out')
  expect(noticeMail('en', what, null).text).toBe('Evenings is about to begin\n\nThe show\n')
})
