// Promises of the show: each line once, effects only for grand gifts and only where they are wanted.
import { beforeEach, expect, test, vi } from 'vitest'
import { GiftShow } from '../../../../web/gifts/GiftShow.ts'
import { giftLine } from './giftLine.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) })
  vi.stubGlobal('document', { visibilityState: 'visible' })
  return () => vi.unstubAllGlobals()
})
const open = (lively = true) => new GiftShow({ lively: () => lively, now: () => 0 })

test('a line that is told twice is shown once', () => {
  const show = open()
  const line = giftLine({ tier: 5, effect: 'lottie' })
  show.take({ line })
  show.take({ line })
  expect(show.snapshot).toMatchObject({ banners: [{ pops: 0 }], effect: { key: line.id }, waiting: 0 })
  show.close()
})

test('small gifts, and all where less motion is wanted, are banners only', () => {
  const show = open()
  show.take({ line: giftLine({ tier: 2, effect: 'lottie' }) })
  expect(show.snapshot).toMatchObject({ effect: null, banners: [{}] })
  const calm = open(false)
  calm.take({ line: giftLine({ tier: 5, effect: 'lottie' }) })
  expect(calm.snapshot).toMatchObject({ effect: null, banners: [{}] })
  show.close()
  calm.close()
})

test('hiding effects ends the present one, empties the line, and is remembered', () => {
  const show = open()
  show.take({ line: giftLine({ tier: 5, effect: 'lottie' }) })
  show.take({ line: giftLine({ tier: 4, effect: 'svga' }) })
  show.setEffects(false)
  expect(show.snapshot).toMatchObject({ effect: null, waiting: 0, effectsOn: false })
  const later = open()
  later.take({ line: giftLine({ tier: 5, effect: 'lottie' }) })
  expect(later.snapshot).toMatchObject({ effect: null, effectsOn: false })
  show.close()
  later.close()
})

test('one’s own effect goes before the others that wait', () => {
  const show = open()
  show.ownName = 'me'
  for (const sender of ['a', 'b', 'me']) show.take({ line: giftLine({ sender, tier: 3, effect: 'lottie', id: sender }) })
  show.done('a')
  expect(show.snapshot.effect?.key).toBe('me')
  show.close()
})
