import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { mediasoupPackage } from '../../../../worker-config/worker/mediasoupPackage.ts'
import { fixBioCallback, keepOutOfUnity, splitForUnity } from '../../../../worker-config/worker/prepareSources.ts'

const { workerDir } = mediasoupPackage()
const source = (file: string): Promise<string> => readFile(path.join(workerDir, file), 'utf8')

test('the installed mediasoup still has the places that the patches for Debian change', async () => {
  expect(fixBioCallback(await source('src/RTC/DtlsTransport.cpp'))).toContain('(operationType & BIO_CB_RETURN)')
  expect(keepOutOfUnity(await source('deps/libwebrtc/meson.build'))).toContain("override_options: ['unity=off']")
})

test('sources whose names clash are compiled singly, once, and linked whole', async () => {
  const before = await source('meson.build')
  const after = splitForUnity(before)
  expect(after.match(/'src\/RTC\/PlainTransport\.cpp'/g)).toHaveLength(1)
  expect(after.indexOf("'src/RTC/PlainTransport.cpp'")).toBeGreaterThan(after.indexOf('singly_compiled = static_library('))
  expect(after).toContain("'mediasoup-worker',\n  link_whole: singly_compiled,")
  expect(after.match(/'src\/[^']+\.cpp'/g)).toHaveLength(before.match(/'src\/[^']+\.cpp'/g)?.length ?? 0)
})
