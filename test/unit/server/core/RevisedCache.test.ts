// A value is built once for all who ask, stands while its revision stands, and a failure is never kept.
import { expect, test } from 'vitest'
import { RevisedCache } from '../../../../server/core/RevisedCache.ts'

const setUp = (freshMs: number) => {
  const state = { revision: 1, built: 0, asked: 0 }
  const cache = new RevisedCache<string, number>({
    freshMs,
    maxKeys: 4,
    revisionOf: () => {
      state.asked += 1
      return Promise.resolve(state.revision)
    },
  })
  const get = (key = 'a') => cache.get(key, (revision) => Promise.resolve((state.built += 1)).then(() => revision))
  return { state, cache, get }
}

test('all who ask at once share one building, and a fresh value is asked about no more', async () => {
  const { state, get } = setUp(60_000)
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1])
  state.revision = 2
  expect([await get(), state.built, state.asked]).toEqual([1, 1, 1])
})

test('once no longer fresh, it is built anew only when its revision has risen', async () => {
  const { state, get } = setUp(0)
  await get()
  expect([await get(), state.built]).toEqual([1, 1])
  state.revision = 2
  expect([await get(), state.built]).toEqual([2, 2])
})

test('what is forgotten is built anew', async () => {
  const { state, cache, get } = setUp(60_000)
  await get()
  cache.forget('a')
  await get()
  expect(state.built).toBe(2)
})

test('a failure is told to who waited, and not kept', async () => {
  const { cache, get } = setUp(60_000)
  await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await get()).toBe(1)
})
