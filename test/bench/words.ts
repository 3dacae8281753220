// How long the word filter takes for a message with a full platform lexicon: `npm run bench:words`.
import { CharacterFolder } from '../../server/moderation/words/CharacterFolder.ts'
import { WordMatcher, readText } from '../../server/moderation/words/WordMatcher.ts'

const random = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
const next = random(11)
const latin = 'abcdefghijklmnopqrstuvwxyz'
const han = Array.from({ length: 3000 }, (_, at) => String.fromCharCode(0x4e00 + at * 6)).join('')
const pick = (letters: string, length: number): string => Array.from({ length }, () => letters[Math.floor(next() * letters.length)]).join('')

const entries = Array.from({ length: 10_000 }, (_, at) => ({
  word: at % 2 ? pick(han, 2 + (at % 3)) : `${pick(latin, 4 + (at % 6))}${at % 20 === 0 ? '*' : ''}`,
  kind: at % 20 === 0 ? ('pattern' as const) : ('exact' as const),
  action: 'replace' as const,
  muteSeconds: 0,
}))
const messages = Array.from({ length: 20_000 }, (_, at) => (at % 2 ? pick(han, 10 + (at % 190)) : Array.from({ length: 3 + (at % 25) }, () => pick(`${latin}013`, 2 + Math.floor(next() * 7))).join(' ').slice(0, 200)))

const folder = new CharacterFolder()
const built = performance.now()
const matcher = new WordMatcher(entries, folder)
const buildMs = performance.now() - built
for (const message of messages.slice(0, 2000)) matcher.find(readText(message, folder))
const times = messages.map((message) => {
  const started = performance.now()
  matcher.find(readText(message, folder))
  return performance.now() - started
})
times.sort((a, b) => a - b)
const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(4))
process.stdout.write(`${JSON.stringify({ words: entries.length, buildMs: Math.round(buildMs), messages: messages.length, medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) })}\n`)
