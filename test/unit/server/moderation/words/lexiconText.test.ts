import { expect, test } from 'vitest'
import { AppError } from '../../../../../server/core/AppError.ts'
import { parseLexicon, printLexicon } from '../../../../../server/moderation/words/lexiconText.ts'

const refusal = (text: string, limit = 10) => {
  try {
    parseLexicon(text, limit)
  } catch (error) {
    return error instanceof AppError ? error : undefined
  }
  return undefined
}

test('a line is a word, with what happens to it; remarks and empty lines are none', () => {
  expect(parseLexicon('\uFEFF# my list\n\nspam\nscam | refuse\r\n  *coin* | mute 60 \n赌博|hold\nraid | mute', 10)).toEqual([
    { word: 'spam', kind: 'exact', action: 'replace', muteSeconds: 0 },
    { word: 'scam', kind: 'exact', action: 'refuse', muteSeconds: 0 },
    { word: '*coin*', kind: 'pattern', action: 'mute', muteSeconds: 60 },
    { word: '赌博', kind: 'exact', action: 'hold', muteSeconds: 0 },
    { word: 'raid', kind: 'exact', action: 'mute', muteSeconds: 600 },
  ])
})

test('what is printed is read back the same, and a word that comes twice counts once', () => {
  const entries = parseLexicon('a1\nb2 | mute 3600\nc* | hold\nA1 | refuse', 10)
  expect(entries).toHaveLength(3)
  expect(parseLexicon(printLexicon(entries), 10)).toEqual(entries)
})

test.each([
  ['| refuse', 'no letter'],
  ['***', 'no letter'],
  [`${'x'.repeat(41)}`, 'longer'],
  ['spam | explode', 'must say'],
  ['spam | refuse 60', 'seconds'],
  ['spam | mute 5', 'seconds'],
  ['spam | mute 60 70', 'mean nothing'],
  ['spam | refuse | hold', 'more than one'],
])('a wrong line is named: %s', (line, problem) => {
  expect(refusal(`fine\n${line}`)).toMatchObject({ code: 'bad-request', fields: { 'line 2': expect.stringContaining(problem) as string } })
})

test('a list that is too long is refused', () => {
  expect(refusal('a1\nb1\nc1', 2)?.code).toBe('limit-reached')
})
