import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { prebuiltName } from '../../../../worker-config/worker/downloadWorker.ts'
import { workerCacheDir } from '../../../../worker-config/worker/workerCacheDir.ts'

test('binaries are kept a version and machine type apart, where XDG says', () => {
  expect(workerCacheDir('3.27.1', { XDG_CACHE_HOME: '/big/cache' })).toBe(`/big/cache/footlight/mediasoup-worker-3.27.1-${process.arch}`)
  expect(workerCacheDir('3.27.1', {})).toBe(path.join(os.homedir(), '.cache/footlight', `mediasoup-worker-3.27.1-${process.arch}`))
  expect(workerCacheDir('3.27.1', { XDG_CACHE_HOME: 'relative' })).toBe(workerCacheDir('3.27.1', {}))
})

test('the ready-made worker is asked for by the name mediasoup gives it', () => {
  expect(prebuiltName('3.27.1', 'linux', 'x64', '6.1.0-13-amd64')).toBe('mediasoup-worker-3.27.1-linux-x64-kernel6.tgz')
  expect(prebuiltName('3.27.1', 'darwin', 'arm64', '24.0.0')).toBe('mediasoup-worker-3.27.1-darwin-arm64.tgz')
})
