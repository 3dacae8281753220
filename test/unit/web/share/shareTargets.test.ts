import { expect, test } from 'vitest'
import { embedCode, shareAddress, sharedPaths } from '../../../../web/share/shareTargets.ts'

const shared = { url: 'https://live.example.org/c/ada', title: '深夜弹唱 & "friends" <3' }

test.each([
  ['weibo', 'service.weibo.com', 'title'],
  ['x', 'x.com', 'text'],
  ['telegram', 't.me', 'text'],
] as const)('%s is given the link and the title unharmed', (target, host, field) => {
  const address = new URL(shareAddress(target, shared))
  expect(address.hostname).toBe(host)
  expect(address.searchParams.get('url')).toBe(shared.url)
  expect(address.searchParams.get(field)).toBe(shared.title)
})

test('a title cannot break out of the embed code', () => {
  expect(embedCode({ src: 'https://live.example.org/embed/ada', title: '"><script>alert(1)</script>' })).toMatch(/^<iframe( [a-z]+="[^"<>]*")+ allowfullscreen><\/iframe>$/)
})

test('channels and replays have their posters', () => {
  expect(sharedPaths('/c/ada').poster).toBe('/api/channels/ada/poster')
  expect(sharedPaths('/r/abcdefgh').poster).toBe('/api/replays/abcdefgh/poster')
})
