import { appendFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepLive } from '../../../../bridge/broadcast/sweepLive.ts'
import { appendToIndex, INDEX_FILE, readIndex } from '../../../../bridge/recording/RecordingIndex.ts'
import { problemOf } from '../../../../bridge/recording/Recorder.ts'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'footlight-unit-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const segment = (run: string, index: number) => ({ run, file: `seg-0000${index}.m4s`, duration: 2, programDateTime: '', discontinuity: false })

test('a line torn by a crash spoils only itself; doubles count once; runs are parted by discontinuities', async () => {
  await appendToIndex(folder, segment('run-1', 0))
  await appendFile(join(folder, INDEX_FILE), '\n{"run":"run-1","file":"seg-0')
  await appendToIndex(folder, segment('run-1', 1))
  await appendToIndex(folder, segment('run-1', 1))
  await appendFile(join(folder, INDEX_FILE), '\n{"run":"../etc","file":"passwd","duration":1,"programDateTime":"","discontinuity":false}')
  await appendToIndex(folder, segment('run-2', 0))
  expect((await readIndex(folder)).map(({ run, file, discontinuity }) => `${run} ${file} ${discontinuity}`)).toEqual(['run-1 seg-00000.m4s false', 'run-1 seg-00001.m4s false', 'run-2 seg-00000.m4s true'])
  expect(await readIndex(join(folder, 'missing'))).toEqual([])
})

test('a full disk is told from one that refuses', () => {
  expect(problemOf(Object.assign(new Error(), { code: 'ENOSPC' }))).toBe('disk-full')
  expect(problemOf(Object.assign(new Error(), { code: 'EACCES' }))).toBe('disk-unwritable')
})

test('live folders go a minute after their end, not before, and not while they are used', async () => {
  const now = Date.now()
  for (const [name, ended, ageSeconds] of [['over', true, 61], ['just-over', true, 5], ['used', true, 61], ['interrupted', false, 600], ['abandoned', false, 90_000]] as const) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'media.m3u8'), ended ? '#EXTM3U\n#EXT-X-ENDLIST\n' : '#EXTM3U\n')
    await utimes(join(folder, name, 'media.m3u8'), now / 1_000 - ageSeconds, now / 1_000 - ageSeconds)
  }
  expect((await sweepLive({ liveDir: folder, inUse: (id) => id === 'used', now })).sort()).toEqual(['abandoned', 'over'])
})
