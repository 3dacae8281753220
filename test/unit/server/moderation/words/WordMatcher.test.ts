import { expect, test } from 'vitest'
import { CharacterFolder } from '../../../../../server/moderation/words/CharacterFolder.ts'
import { judge } from '../../../../../server/moderation/words/judge.ts'
import { parseLexicon } from '../../../../../server/moderation/words/lexiconText.ts'
import { WordMatcher, readText } from '../../../../../server/moderation/words/WordMatcher.ts'

const folder = new CharacterFolder()
const matcherOf = (...lines: string[]) => new WordMatcher(parseLexicon(lines.join('\n'), 10_000), folder)
const found = (matcher: WordMatcher, text: string) => matcher.find(readText(text, folder)).map(({ entry }) => entry.word)
const shown = (matcher: WordMatcher, text: string) => {
  const verdict = judge(text, matcher.find(readText(text, folder)))
  return verdict.action === 'replace' ? verdict.text : verdict.action
}

const words = matcherOf('bad', 'ass', 'shit', 'cock', 'hell', 'god', 'penis', 'therapist killer', '微信', '赌博', '法轮', 'casino*', '*fuck*', '加*群', 'v信', 'qq123', '64', 'привет', 'con', 'tit', 'kill yourself')

test.each([
  ['plain', 'this is bad', 'bad'],
  ['capitals', 'BaD', 'bad'],
  ['full width', 'ｂａｄ', 'bad'],
  ['mathematical bold', '𝐛𝐚𝐝', 'bad'],
  ['circled', 'ⓑⓐⓓ', 'bad'],
  ['black circled and squared', '🅑🅐🅓', 'bad'],
  ['negative squared', '🅱ad', 'bad'],
  ['small capitals', 'ʙᴀᴅ', 'bad'],
  ['Cyrillic look-alikes', 'bаd', 'bad'],
  ['all Cyrillic', 'сосk', 'cock'],
  ['Greek look-alikes', 'bαd', 'bad'],
  ['diacritics', 'bäd', 'bad'],
  ['combining marks', 'b̷a̷d̷', 'bad'],
  ['zero-width space', 'b\u200Ba\u200Bd', 'bad'],
  ['soft hyphen', 'b\u00ADad', 'bad'],
  ['zero-width joiner', 'b\u200Dad', 'bad'],
  ['spaced out', 'you are b a d', 'bad'],
  ['spaced out by two', 'b  a  d', 'bad'],
  ['dotted', 'b.a.d', 'bad'],
  ['starred', 'b*a*d', 'bad'],
  ['dashed', 'ba-d', 'bad'],
  ['underscored', '_b_a_d_', 'bad'],
  ['emoji between', 'b😀a😀d', 'bad'],
  ['repeated', 'baaaaad', 'bad'],
  ['all doubled', 'bbaadd', 'bad'],
  ['repeated twins', 'assss', 'ass'],
  ['spaced out twins', 'a s s', 'ass'],
  ['spaced out and repeated', 'b a a a d', 'bad'],
  ['leet', 'b4d', 'bad'],
  ['leet signs', '$h!t', 'shit'],
  ['leet one as l', 'he11', 'hell'],
  ['full-width leet', 'ｂ４ｄ', 'bad'],
  ['before punctuation', 'bad!!!', 'bad'],
  ['before digits', 'bad123', 'bad'],
  ['in quotes', '"bad"', 'bad'],
  ['among Chinese', '你很bad啊', 'bad'],
  ['in a mention', '@bad_one', 'bad'],
  ['Chinese in a sentence', '我的微信号', '微信'],
  ['Chinese spaced out', '微 信', '微信'],
  ['Chinese dotted', '微.信', '微信'],
  ['Chinese with emoji', '微😀信', '微信'],
  ['Chinese repeated', '微微信信', '微信'],
  ['traditional', '賭博', '赌博'],
  ['traditional and spaced', '法 輪', '法轮'],
  ['traditional radical forms', '⾚微信', '微信'],
  ['mixed scripts', '加v信聊', 'v信'],
  ['mixed, full width', '加Ｖ信', 'v信'],
  ['letters and digits', 'my qq123 now', 'qq123'],
  ['digits', 'the 64 thing', '64'],
  ['a pattern that goes on', 'casinos online', 'casino*'],
  ['a pattern at its shortest', 'casino', 'casino*'],
  ['a pattern inside a word', 'motherfucker', '*fuck*'],
  ['a pattern spaced out', 'f u c k', '*fuck*'],
  ['a Chinese pattern', '快加我的群', '加*群'],
  ['Cyrillic words themselves', 'ПРИВЕТ', 'привет'],
  ['a phrase', 'go kill yourself', 'kill yourself'],
  ['a phrase run together', 'killyourself', 'kill yourself'],
  ['a phrase, dotted', 'kill.yourself', 'kill yourself'],
])('an evasion is seen: %s', (_how, text, word) => {
  expect(found(words, text)).toContain(word)
})

test.each([
  'Scunthorpe and Essex',
  'a class of assassins on the grass',
  'cocktails at the peacock',
  'hello, shell',
  'good morning, goddess',
  'the pen is mine',
  'as shown, as said',
  'bass and brass',
  'badminton in Baden-Baden',
  'the Mushitake mushroom',
  'a contest of icons',
  'title and titan',
  'be a dear',
  'I see a day',
  'sub advice',
  'in 1964 and 6400',
  'qq1234',
  'the can of beans',
  'the therapist',
  'kill time, be yourself',
  'cass in o minor',
  '加了一二三四五六七八九个群',
  '信微',
  '轮法',
  '今天天气很好，大家晚上好',
  'как дела',
  '한국어 문장',
  'ありがとうございます',
  'สวัสดีครับ',
  'हिन्दी में',
  '👍👍👍 😀',
  '',
])('an innocent text passes: %s', (text) => {
  expect(found(words, text)).toEqual([])
})

test.each([
  ['you bad man', 'you *** man'],
  ['b a d', '* * *'],
  ['b.a.d!', '*.*.*!'],
  ['ｂａｄ 啊', '*** 啊'],
  ['bäd', '***'],
  ['ba\u0308d', '***'],
  ['baaad', '*****'],
  ['我的微信号', '我的**号'],
  ['微 信', '* *'],
  ['賭博好玩', '**好玩'],
  ['𝐛𝐚𝐝 👩‍👩‍👧 ok', '*** 👩‍👩‍👧 ok'],
  ['bad and bad', '*** and ***'],
  ['motherfucker', 'mother****er'],
  ['$h!t happens', '**** happens'],
])('replacing stars the letters and nothing else: %s', (text, expected) => {
  expect(shown(words, text)).toBe(expected)
})

test('the strictest entry speaks, and the longest mute', () => {
  const mixed = matcherOf('one', 'two | hold', 'three | refuse', 'four | mute 60', 'five | mute 3600')
  expect(shown(mixed, 'one')).toBe('***')
  expect(shown(mixed, 'one two')).toBe('hold')
  expect(shown(mixed, 'three two one')).toBe('refuse')
  const text = 'four three five'
  expect(judge(text, mixed.find(readText(text, folder)))).toEqual({ action: 'mute', word: 'five', muteSeconds: 3600 })
})

test('an entry that can never match harms nobody', () => {
  expect(found(new WordMatcher([{ word: '🙂', kind: 'exact', action: 'refuse', muteSeconds: 0 }], folder), 'hello 🙂')).toEqual([])
  expect(found(new WordMatcher([], folder), 'hello')).toEqual([])
})

test('a pattern of many stars is no burden, whatever the text', () => {
  const greedy = matcherOf('a*a*a*a*b')
  const started = performance.now()
  expect(found(greedy, 'a'.repeat(200))).toEqual([])
  expect(found(greedy, Array.from({ length: 66 }, (_, at) => (at % 2 ? 'ac' : 'ca')).join(''))).toEqual([])
  expect(performance.now() - started).toBeLessThan(500)
})

test('a whole list of greedy patterns holds nobody up', () => {
  const list = Array.from({ length: 1000 }, (_, at) => `${'a*'.repeat(4)}z${at}`)
  const greedy = matcherOf(...list)
  const started = performance.now()
  expect(found(greedy, `${'a'.repeat(190)} bad`)).toEqual([])
  expect(performance.now() - started).toBeLessThan(250)
  expect(found(matcherOf(...list, 'bad'), `${'a'.repeat(190)} bad`), 'plain words are found all the same').toEqual(['bad'])
})

test('10,000 words take less than a millisecond a message', () => {
  const random = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const next = random(7)
  const pick = (letters: string, length: number) => Array.from({ length }, () => letters[Math.floor(next() * letters.length)]).join('')
  const chinese = Array.from({ length: 600 }, (_, at) => String.fromCharCode(0x4e00 + at * 17)).join('')
  const list = Array.from({ length: 10_000 }, (_, at) => (at % 2 ? pick(chinese, 2 + (at % 3)) : `${pick('abcdefghijklmnopqrstuvwxyz', 4 + (at % 6))}${at % 20 === 0 ? '*' : ''}`))
  const large = matcherOf(...list)
  const texts = Array.from({ length: 2000 }, (_, at) => (at % 2 ? pick(chinese, 60) : Array.from({ length: 12 }, () => pick('abcdefghijklmnopqrstuvwxyz0134', 2 + Math.floor(next() * 8))).join(' ')))
  for (const text of texts.slice(0, 200)) found(large, text)
  const times = texts.map((text) => {
    const started = performance.now()
    found(large, text)
    return performance.now() - started
  })
  const median = times.sort((a, b) => a - b)[1000] ?? Infinity
  expect(median).toBeLessThan(1)
})
