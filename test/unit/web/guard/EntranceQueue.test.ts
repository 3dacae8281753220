import { expect, test } from 'vitest'
import type { GuardTerm } from '../../../../server/contract/guard.ts'
import { EntranceQueue } from '../../../../web/guard/EntranceQueue.ts'

const entrance = (id: string, term: GuardTerm, bought = false) => ({ id, name: id, term, bought })
const drain = (queue: EntranceQueue) => {
  const ids: string[] = []
  for (let next = queue.take(); next !== null; next = queue.take()) ids.push(next.id)
  return ids
}

test('who became a guard goes first, then longer terms, then who came first; a repeat is dropped', () => {
  const queue = new EntranceQueue()
  for (const one of [entrance('a', 'week'), entrance('b', 'year'), entrance('c', 'week'), entrance('d', 'week', true), entrance('b', 'year')]) queue.add(one)
  expect(drain(queue)).toEqual(['d', 'b', 'a', 'c'])
})

test('of a crowd the least are left out', () => {
  const queue = new EntranceQueue()
  for (let at = 0; at < 20; at++) queue.add(entrance(`w${at}`, 'week'))
  queue.add(entrance('late', 'year'))
  expect(queue.waiting).toBe(8)
  expect(drain(queue)[0]).toBe('late')
})
