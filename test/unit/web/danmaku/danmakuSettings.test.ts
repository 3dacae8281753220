import { expect, test } from 'vitest'
import { defaultDanmaku, readDanmaku } from '../../../../web/danmaku/danmakuSettings.ts'

test('what was chosen comes back', () => {
  const chosen = { on: false, opacity: 40, area: 'full', size: 'large', speed: 'fast', density: 'many' } as const
  expect(readDanmaku(JSON.stringify(chosen))).toEqual(chosen)
})

test.each([null, '', '{', '[]', 'null', '{"opacity":900,"area":"everywhere","size":3}'])('%s falls back to the defaults', (stored) => {
  expect(readDanmaku(stored)).toEqual(defaultDanmaku)
})
