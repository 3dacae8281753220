import { expect, test } from 'vitest'
import { askForGrams, askForWords, foldText, gramsOf, wordsOf } from '../../../../../server/discovery/search/searchText.ts'

test('words are folded: case, full width and punctuation make no difference; Chinese is kept whole', () => {
  expect(wordsOf('Ｈello, “World”! 深夜弹唱·第2期')).toEqual(['hello', 'world', '深夜弹唱', '第2期'])
  expect(foldText('Ada', 'ada  Lovelace')).toBe('ada ada lovelace')
})

test('whatever part of a text is asked for, its pairs are among the text’s', () => {
  const stored = new Set(gramsOf(foldText('深夜吉他弹唱 with Ada Lovelace')))
  for (const part of ['吉他', '他弹', '唱', '深夜吉他弹唱', 'ove', 'a', 'da', 'ada love'])
    for (const gram of askForGrams(wordsOf(part)).split(' ')) expect(stored, part).toContain(gram.slice(1))
  expect(stored.has(askForGrams(['吉唱']).slice(1))).toBe(false)
})

test('a question cannot smuggle operators into the full-text engine', () => {
  const words = wordsOf('+a* -b" @distance (c) ~d')
  expect(askForGrams(words)).toMatch(/^(\+[gs][0-9a-fx]+ ?)+$/)
  expect(askForWords(words)).toBe('+a* +b* +"distance" +c* +d*')
})
