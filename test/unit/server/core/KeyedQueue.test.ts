import { expect, test } from 'vitest'
import { KeyedQueue } from '../../../../server/core/KeyedQueue.ts'

test('steps of one key run one after another, in the order they came', async () => {
  const queue = new KeyedQueue()
  const seen: string[] = []
  let release = (): void => undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const first = queue.run('a', () => gate.then(() => void seen.push('first')))
  const second = queue.run('a', () => Promise.resolve(void seen.push('second')))
  await queue.run('b', () => Promise.resolve(void seen.push('other key')))
  release()
  await Promise.all([first, second])
  expect(seen).toEqual(['other key', 'first', 'second'])
})

test('a failed step is told to its caller and does not stop the next', async () => {
  const queue = new KeyedQueue()
  const failed = queue.run('a', () => Promise.reject(new Error('no')))
  await expect(failed).rejects.toThrow('no')
  await expect(queue.run('a', () => Promise.resolve(1))).resolves.toBe(1)
})
