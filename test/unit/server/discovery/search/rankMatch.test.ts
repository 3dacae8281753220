import { expect, test } from 'vitest'
import { matchOf, rankMatches } from '../../../../../server/discovery/search/rankMatch.ts'

test('exact beats prefix beats a word’s beginning beats somewhere inside', () => {
  expect(matchOf('Ada', ['ada'])).toBe(3)
  expect(matchOf('ada', ['Adarsh'])).toBe(2)
  expect(matchOf('弹唱', ['弹唱之夜'])).toBe(2)
  expect(matchOf('ada', ['Countess Ada L.'])).toBe(1)
  expect(matchOf('弹唱', ['深夜弹唱'])).toBe(0)
})

test('live first, then the better match, then more followers', () => {
  const hit = (name: string, live: boolean, followers: number) => ({ name, fields: [name], live, followers })
  const found = [hit('canada', false, 9), hit('adam', false, 1), hit('ada', false, 0), hit('adams', false, 5), hit('armada', true, 0)]
  expect(rankMatches('ada', found).map(({ name }) => name)).toEqual(['armada', 'ada', 'adams', 'adam', 'canada'])
})
