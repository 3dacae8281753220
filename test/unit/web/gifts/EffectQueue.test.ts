// Promises of the effects: one at a time, in order of weight, and a late word about a former one changes nothing.
import { expect, test } from 'vitest'
import { EffectQueue } from '../../../../web/gifts/EffectQueue.ts'
import { giftLine } from './giftLine.ts'

const effect = (key: string, tier: number, own = false) => ({ key, line: giftLine({ id: key, tier, effect: 'lottie' }), url: `/gifts/${key}.json`, own })

test('what plays is not disturbed; then one’s own comes, then the grander, then what came first', () => {
  const queue = new EffectQueue()
  for (const next of [effect('first', 3), effect('small', 3), effect('small2', 3), effect('grand', 5), effect('mine', 3, true)]) queue.add(next)
  const played: string[] = []
  while (queue.playing !== null) {
    played.push(queue.playing.key)
    queue.done(queue.playing.key)
  }
  expect(played).toEqual(['first', 'mine', 'grand', 'small', 'small2'])
})

test('the end of a skipped effect does not end the next', () => {
  const queue = new EffectQueue()
  queue.add(effect('one', 3))
  queue.add(effect('two', 3))
  queue.done('one')
  queue.done('one')
  expect(queue.playing?.key).toBe('two')
})

test('a flood keeps twenty and drops the least', () => {
  const queue = new EffectQueue()
  for (let at = 0; at < 40; at++) queue.add(effect(`cheap-${at}`, 3))
  queue.add(effect('grand', 5))
  expect(queue.waiting).toBe(20)
  queue.done('cheap-0')
  expect(queue.playing?.key).toBe('grand')
})
