import { expect, test } from 'vitest'
import { normaliseTag, tagsSchema } from '../../../../server/contract/tags.ts'

test.each([
  ['#Lo-Fi  Beats', 'lo-fi-beats'],
  ['英雄联盟', '英雄联盟'],
  ['ＡＢＣ　１２３', 'abc-123'],
  ['C++', 'c++'],
  ['<b>"a,b"</b>', 'babb'],
  ['  ##  ', ''],
  ['🎸 guitar', 'guitar'],
])('%s becomes %s', (written, tag) => {
  expect(normaliseTag(written)).toBe(tag)
})

test('a channel has each tag once, five at most, none empty or too long', () => {
  expect(tagsSchema.parse(['Music', '#music', '音乐'])).toEqual(['music', '音乐'])
  expect(tagsSchema.safeParse(['a', 'b', 'c', 'd', 'e', 'f']).success).toBe(false)
  expect(tagsSchema.safeParse(['!!!']).success).toBe(false)
  expect(tagsSchema.safeParse(['长'.repeat(20)]).success).toBe(true)
  expect(tagsSchema.safeParse(['长'.repeat(21)]).success).toBe(false)
})
