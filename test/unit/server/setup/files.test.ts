import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourcesStamp } from '../../../../server/setup/buildPages.ts'
import { claimFolder, isClaimed, processStart } from '../../../../server/setup/claimFolder.ts'
import { loadSecrets } from '../../../../server/setup/loadSecrets.ts'
import { LogFile } from '../../../../server/setup/LogFile.ts'
import { socketFolder } from '../../../../server/setup/socketFolder.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'footlight-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('claimFolder', () => {
  test('a second claim is refused with the holder’s process id, until the first is released', async () => {
    const dir = path.join(folder, 'claimed')
    const release = await claimFolder(dir)
    expect(await isClaimed(dir)).toBe(true)
    await expect(claimFolder(dir)).rejects.toThrow(`process ${process.pid}`)
    await release()
    expect(await isClaimed(dir)).toBe(false)
    await (await claimFolder(dir))()
  })

  test('a claim of a process that is gone, or whose id another has got, is void', async () => {
    const dir = path.join(folder, 'void')
    await mkdir(dir)
    for (const owner of [{ pid: 2 ** 22 + 1, started: '5' }, { pid: process.pid, started: '5' }, 'half writ']) {
      await writeFile(path.join(dir, 'owner.json'), JSON.stringify(owner))
      await (await claimFolder(dir))()
    }
  })

  test('a process without a start time is none', () => {
    expect(processStart(process.pid)).toMatch(/^\d+$/)
    expect(processStart(2 ** 22 + 1)).toBe('')
  })
})

describe('loadSecrets', () => {
  test('keys are made once, kept, and readable by their owner alone', async () => {
    const dir = path.join(folder, 'keys')
    const first = await loadSecrets(dir)
    expect(await loadSecrets(dir)).toEqual(first)
    expect(first.APP_SECRET).not.toBe(first.INTERNAL_SECRET)
    expect((await stat(path.join(dir, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })

  test('a damaged file is not overwritten', async () => {
    const dir = path.join(folder, 'damaged')
    await mkdir(dir)
    await writeFile(path.join(dir, 'secrets.json'), '{"APP_SECRET":"sho')
    await expect(loadSecrets(dir)).rejects.toThrow('is damaged')
    expect(await readFile(path.join(dir, 'secrets.json'), 'utf8')).toBe('{"APP_SECRET":"sho')
  })
})

test('log files take turns and never grow without end', async () => {
  const dir = path.join(folder, 'logs')
  const log = new LogFile({ file: path.join(dir, 'server.log'), maxBytes: 100 })
  for (let n = 0; n < 200; n++) log.write(`line ${n} of many`)
  log.close()
  log.write('after the end')
  expect((await readdir(dir)).sort()).toEqual(['server.log', 'server.log.1', 'server.log.2', 'server.log.3'])
  expect(await readFile(path.join(dir, 'server.log'), 'utf8')).toContain('line 199 of many\n')
})

test('a socket goes beside its data, or to a private short folder when that path is too long', async () => {
  expect(await socketFolder('/srv/footlight/data', 'x.sock', folder)).toBe('/srv/footlight/data')
  const long = `/srv/${'deep/'.repeat(30)}data`
  const short = await socketFolder(long, 'x.sock', folder)
  expect(path.dirname(short)).toBe(folder)
  expect((await stat(short)).mode & 0o777).toBe(0o700)
  expect(await socketFolder(long, 'x.sock', folder)).toBe(short)
  expect(await socketFolder(`${long}2`, 'x.sock', folder)).not.toBe(short)
})

test('the pages’ stamp follows what they are made of, not what was made of it', async () => {
  const root = path.join(folder, 'project')
  await mkdir(path.join(root, 'web/dist'), { recursive: true })
  await mkdir(path.join(root, 'server/contract'), { recursive: true })
  await writeFile(path.join(root, 'web/main.tsx'), 'one')
  await writeFile(path.join(root, 'package-lock.json'), '{}')
  const before = await sourcesStamp(root)
  await writeFile(path.join(root, 'web/dist/index.html'), 'built')
  expect(await sourcesStamp(root)).toBe(before)
  await writeFile(path.join(root, 'server/contract/ids.ts'), 'new')
  expect(await sourcesStamp(root)).not.toBe(before)
})
