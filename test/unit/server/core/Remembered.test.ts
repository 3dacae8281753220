// Many who ask at once cause one look-up, and nothing outlives being forgotten.
import { expect, test } from 'vitest'
import { Remembered } from '../../../../server/core/Remembered.ts'

test('one look-up serves all who ask at once, and those who come soon', async () => {
  let loads = 0
  const remembered = new Remembered({ keepMs: 1000, load: (key: string) => Promise.resolve(`${key} ${(loads += 1)}`) })
  expect(await Promise.all([remembered.get('a'), remembered.get('a'), remembered.get('b')])).toEqual(['a 1', 'a 1', 'b 2'])
  expect(await remembered.get('a')).toBe('a 1')
})

test('what is forgotten while it is looked up is looked up again', async () => {
  const gates: Array<(value: string) => void> = []
  const remembered = new Remembered({ keepMs: 1000, load: () => new Promise<string>((resolve) => gates.push(resolve)) })
  const answer = remembered.get('a')
  remembered.forget('a')
  gates[0]?.('old')
  await new Promise((resolve) => setImmediate(resolve))
  gates[1]?.('new')
  expect(await answer).toBe('new')
})

test('a failure is told and not kept', async () => {
  let fails = true
  const remembered = new Remembered({ keepMs: 1000, load: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve('here')) })
  await expect(remembered.get('a')).rejects.toThrow('away')
  fails = false
  expect(await remembered.get('a')).toBe('here')
})
