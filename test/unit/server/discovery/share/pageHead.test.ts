// A title may hold anything: none of it may become markup.
import { expect, test } from 'vitest'
import { escapeHtml } from '../../../../../server/discovery/share/escapeHtml.ts'
import { oembed } from '../../../../../server/discovery/share/oembed.ts'
import { pageHead } from '../../../../../server/discovery/share/pageHead.ts'
import type { ShareSubject } from '../../../../../server/discovery/share/pageHead.ts'

const BASE = 'https://live.example.org'
const subject = (change: Partial<ShareSubject> = {}): ShareSubject => ({
  kind: 'channel',
  path: '/c/ada',
  title: '深夜弹唱',
  description: 'A channel',
  picture: '/covers/x.webp',
  embedPath: '/embed/ada',
  owner: 'Ada',
  live: true,
  ...change,
})

test.each(['</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='alert(1)", '</head><body>', '&lt;script&gt;', '\u0000\u0008$&$1'])('the title %j stays text', (title) => {
  const head = pageHead(subject({ title, owner: title, description: title }), BASE)
  const shape = (html: string) => html.replace(/"[^"]*"/g, '""').replace(/<title>[^<]*<\/title>/, '<title></title>')
  expect(shape(head)).toBe(shape(pageHead(subject(), BASE)))
  expect(oembed(subject({ title }), BASE, {}).html).toMatch(/^<iframe( [a-z]+="[^"<>]*")+ allowfullscreen><\/iframe>$/)
})

test('addresses are absolute, and the oEmbed link names the page', () => {
  const head = pageHead(subject(), BASE)
  expect(head).toContain('<meta property="og:image" content="https://live.example.org/covers/x.webp">')
  expect(head).toContain('<meta property="og:video" content="https://live.example.org/embed/ada">')
  expect(head).toContain('href="https://live.example.org/api/oembed?url=https%3A%2F%2Flive.example.org%2Fc%2Fada"')
})

test('an oEmbed player keeps 16:9 inside the bounds it is given', () => {
  expect(oembed(subject(), BASE, {})).toMatchObject({ type: 'video', version: '1.0', width: 1280, height: 720 })
  expect(oembed(subject(), BASE, { maxwidth: 640 })).toMatchObject({ width: 640, height: 360 })
  expect(oembed(subject(), BASE, { maxwidth: 640, maxheight: 90 })).toMatchObject({ width: 160, height: 90 })
})

test('a replay’s author is its channel', () => {
  expect(oembed(subject({ kind: 'replay', path: '/r/abcdefgh', embedPath: '/embed/ada?replay=abcdefgh' }), BASE, {}).author_url).toBe(`${BASE}/c/ada`)
})

test('control characters that XML forbids are removed', () => {
  expect(escapeHtml('a\u0000b\u001fc\ud800d<')).toBe('abcd&lt;')
})
