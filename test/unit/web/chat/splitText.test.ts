import { expect, test } from 'vitest'
import { splitText } from '../../../../web/chat/splitText.ts'

const links = (text: string) => splitText(text, []).flatMap((part) => (part.type === 'link' ? [part.url] : []))

test('web addresses become links, with https where no scheme was written', () => {
  expect(links('see https://example.org/a?b=c, or http://example.net and example.com!')).toEqual(['https://example.org/a?b=c', 'http://example.net/', 'https://example.com/'])
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org/x', 'mailto:a@example.org', '//example.org', 'file:///etc/passwd', 'a@example.org'])('%s is no link', (text) => {
  expect(links(text).filter((url) => !url.startsWith('https://example.org'))).toEqual([])
  expect(links(text).length).toBeLessThanOrEqual(text.startsWith('ftp') || text.startsWith('//') ? 1 : 0)
})

test('markup stays text', () => {
  expect(splitText('<b onclick="x()">hi</b>', [])).toEqual([{ type: 'text', text: '<b onclick="x()">hi</b>' }])
})

test('people who were mentioned are marked, others with an @ are not', () => {
  expect(splitText('hi @Ada and @nobody', ['ada'])).toEqual([
    { type: 'text', text: 'hi ' },
    { type: 'mention', text: '@Ada', name: 'ada' },
    { type: 'text', text: ' and @nobody' },
  ])
})

test('nothing of the text is lost or doubled', () => {
  const text = '@ada look: https://example.org/@ada 好看 @ada'
  expect(splitText(text, ['ada']).map((part) => part.text).join('')).toBe(text)
})
