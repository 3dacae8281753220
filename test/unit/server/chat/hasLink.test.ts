// Links are found however they are dressed up, and plain sentences are none.
import { expect, test } from 'vitest'
import { hasLink } from '../../../../server/chat/hasLink.ts'

test.each(['see example.com', 'https://a.b/c', 'www.whatever', '//x.com', 'me@example.org', 't.me/abc', '加我 abc.top', '192.168.0.1/x'])('%j has a link', (text) => {
  expect(hasLink(text)).toBe(true)
})

test.each(['example . com', 'example。com', 'ｅｘａｍｐｌｅ．ｃｏｍ', 'example(dot)com', 'example dot com', 'example 点 com', 'http : / / foo', '你好。com'])('%j hides a link', (text) => {
  expect(hasLink(text)).toBe(true)
})

test.each(['it. In fact, no', '3.5 kg', 'well...ok', '好的。我们走', 'v1.2.3', 'e.g. this', 'a.b.c', '1.1', '| no:', '👋'])('%j has none', (text) => {
  expect(hasLink(text)).toBe(false)
})
