import { expect, test } from 'vitest'
import { CharacterFolder } from '../../../../../server/moderation/words/CharacterFolder.ts'

const folder = new CharacterFolder()

test.each([
  ['fսck', 'fuck'],
  ['հօց', 'hog'],
  ['рау', 'pay'],
])('%s reads as %s', (written, read) => {
  expect([...written].map((char) => folder.fold(char)).join('')).toBe(read)
})
