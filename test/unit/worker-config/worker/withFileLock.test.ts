import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withFileLock } from '../../../../worker-config/worker/withFileLock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'footlight-lock-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('works of several that want the same lock never overlap, and those who wait are told once', async () => {
  const file = path.join(folder, 'busy')
  let inside = 0
  let most = 0
  let waits = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
  }
  await Promise.all(Array.from({ length: 5 }, () => withFileLock(file, work, { pollMs: 5, onWait: () => waits++ })))
  expect(most).toBe(1)
  expect(waits).toBe(4)
})

test('the lock is given back when the work fails', async () => {
  const file = path.join(folder, 'failing')
  await expect(withFileLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withFileLock(file, async () => 'yes')).toBe('yes')
})

test('a lock whose holder died, or that nobody touched for long, is nobody’s', async () => {
  const dead = path.join(folder, 'dead')
  await writeFile(dead, JSON.stringify({ pid: 2 ** 22 + 1, host: os.hostname() }))
  expect(await withFileLock(dead, async () => 1, { pollMs: 5 })).toBe(1)

  const old = path.join(folder, 'old')
  await writeFile(old, JSON.stringify({ pid: process.pid, host: 'another-machine' }))
  await utimes(old, 0, 0)
  expect(await withFileLock(old, async () => 2, { pollMs: 5 })).toBe(2)
})
