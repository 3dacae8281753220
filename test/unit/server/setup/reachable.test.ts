import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { withPlatformEnvironment, writePlatformEnvironment } from '../../../../server/setup/platformEnvironment.ts'
import { reachable } from '../../../../server/setup/reachable.ts'

test.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::7', '[2001:db8::7]'],
  ['live.example.org', 'live.example.org'],
])('a listener on %s is called at %s', (host, callable) => {
  expect(reachable(host)).toBe(callable)
  expect(new URL(`http://${reachable(host)}:3000`).port).toBe('3000')
})

test('the operator’s commands learn where the running platform’s server answers; what they are given themselves goes before it', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'footlight-environment-'))
  try {
    await writePlatformEnvironment(dataDir, { DATA_DIR: dataDir, SERVER_URL: 'http://192.0.2.7:3000', HOME: '/root' })
    expect(await withPlatformEnvironment({ DATA_DIR: dataDir })).toEqual({ DATA_DIR: dataDir, SERVER_URL: 'http://192.0.2.7:3000' })
    expect(await withPlatformEnvironment({ DATA_DIR: dataDir, SERVER_URL: 'http://localhost:1' })).toMatchObject({ SERVER_URL: 'http://localhost:1' })
  } finally {
    await rm(dataDir, { recursive: true })
  }
})
