import { expect, test } from 'vitest'
import { missingBuildPackages } from '../../../../worker-config/worker/buildPackages.ts'
import { ensureWorker } from '../../../../worker-config/worker/ensureWorker.ts'

const log = (): void => undefined

test('a MEDIASOUP_WORKER_BIN that is not there, or is no worker, is named', async () => {
  await expect(ensureWorker({ log, env: { MEDIASOUP_WORKER_BIN: '/no/such/worker' } })).rejects.toThrow('MEDIASOUP_WORKER_BIN names /no/such/worker, which is not there')
  await expect(ensureWorker({ log, env: { MEDIASOUP_WORKER_BIN: '/bin/true' } })).rejects.toThrow(/MEDIASOUP_WORKER_BIN names \/bin\/true, but no worker answers/)
})

test('only what is missing is installed for a build', () => {
  expect(missingBuildPackages(() => true)).toEqual([])
  expect(missingBuildPackages(() => false).join(' ')).toBe(
    'meson ninja-build g++ pkg-config flatbuffers-compiler libflatbuffers-dev libabsl-dev libuv1-dev libssl-dev libsrtp2-dev',
  )
  expect(missingBuildPackages((file) => file !== '/usr/include/uv.h')).toEqual(['libuv1-dev'])
})
