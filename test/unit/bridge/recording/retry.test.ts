import { expect, test, vi } from 'vitest'
import { retry } from '../../../../bridge/recording/retry.ts'

const never = new AbortController().signal
const failing = (times: number) => {
  let calls = 0
  return vi.fn(async () => {
    calls += 1
    if (calls <= times) throw new Error(`failure ${calls}`)
    return calls
  })
}

test('what failed is tried again, and the first success counts', async () => {
  const onFailure = vi.fn()
  expect(await retry(failing(2), { pausesMs: [1, 2, 3], signal: never, onFailure })).toBe(3)
  expect(onFailure).toHaveBeenCalledTimes(2)
})

test('after the last pause the last failure is the outcome', async () => {
  const task = failing(9)
  await expect(retry(task, { pausesMs: [1, 2], signal: never, onFailure: () => undefined })).rejects.toThrow('failure 3')
  expect(task).toHaveBeenCalledTimes(3)
})

test('an abort ends a pause at once, and what fails by it is no failure', async () => {
  const stop = new AbortController()
  const waiting = retry(failing(9), { pausesMs: [60_000], signal: stop.signal, onFailure: () => setImmediate(() => stop.abort(new Error('enough'))) })
  await expect(waiting).rejects.toThrow(/aborted|enough/)
  const onFailure = vi.fn()
  const cut = new AbortController()
  const task = async () => {
    cut.abort(new Error('enough'))
    throw new Error('killed')
  }
  await expect(retry(task, { pausesMs: [], signal: cut.signal, onFailure })).rejects.toThrow('enough')
  expect(onFailure).not.toHaveBeenCalled()
})
