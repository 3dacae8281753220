/** mediasoup's worker sources expect downloads that may be out of reach; this makes a copy that builds against Debian's libraries. */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Sources whose file-scope names clash with a neighbour's, so that they cannot share a unity file. */
const SINGLY_COMPILED = [
  'DepLibSRTP',
  'Settings',
  'RTC/PlainTransport',
  'RTC/SimulcastProducerStreamManager',
  'RTC/TransportCongestionControlServer',
  'RTC/WebRtcServer',
  'RTC/BWE/AimdRateControl',
  'RTC/BWE/LossBasedController',
  'RTC/RTP/RtxStream',
  'RTC/SCTP/association/Association',
  'handles/TcpConnectionHandle',
  'handles/TcpServerHandle',
  'handles/UdpSocketHandle',
  'handles/UnixStreamSocketHandle',
]

/** Meson of Debian 12; the build file asks for a newer one but uses nothing of it. */
const DEBIAN_MESON = '>= 1.0.0'

export interface PrepareSourcesOptions {
  /** mediasoup's own `worker/` folder; left untouched. */
  workerDir: string
  /** Where the patched copy goes; replaced if it exists. */
  targetDir: string
  /** Several sources a compiler run: four times faster, but names of another version may clash. */
  unity: boolean
}

/** Writes the patched copy. Throws an Error naming the file when a patch no longer fits the sources. */
export async function prepareSources({ workerDir, targetDir, unity }: PrepareSourcesOptions): Promise<void> {
  await rm(targetDir, { recursive: true, force: true })
  await cp(workerDir, targetDir, {
    recursive: true,
    filter: (source) => !['out', 'prebuild'].includes(path.relative(workerDir, source).split(path.sep)[0] ?? ''),
  })
  await replaceWraps(path.join(targetDir, 'subprojects'))
  await patch(path.join(targetDir, 'meson.build'), (text) => {
    const lowered = text.replace(/meson_version: '[^']*'/, `meson_version: '${DEBIAN_MESON}'`)
    return unity ? splitForUnity(lowered) : lowered
  })
  await patch(path.join(targetDir, 'src/RTC/DtlsTransport.cpp'), fixBioCallback)
  if (unity) {
    await patch(path.join(targetDir, 'deps/libwebrtc/meson.build'), keepOutOfUnity)
  }
}

async function replaceWraps(subprojects: string): Promise<void> {
  for (const name of await readdir(subprojects)) {
    if (name.endsWith('.wrap') || name === 'packagefiles') {
      await rm(path.join(subprojects, name), { recursive: true })
    }
  }
  await cp(path.join(import.meta.dirname, 'debian/subprojects'), subprojects, { recursive: true })
}

/**
 * BIO callbacks get `BIO_CB_RETURN` or-ed with the operation (BIO_set_callback_ex(3)). Compared with `==`, the result of
 * every control call becomes 1; Debian's OpenSSL, which has kTLS, then takes the BIO for one that does kTLS, allocates no
 * write buffer, and the worker dies at the first DTLS handshake.
 */
export function fixBioCallback(text: string): string {
  return text.replace('(operationType == BIO_CB_RETURN)', '(operationType & BIO_CB_RETURN)')
}

/** Moves the sources that cannot share a unity file into a static library of their own, linked whole into the worker. */
export function splitForUnity(mesonBuild: string): string {
  const singles = SINGLY_COMPILED.map((name) => `'src/${name}.cpp',`).filter((line) => mesonBuild.includes(line))
  const without = singles.reduce((text, line) => text.replace(line, ''), mesonBuild)
  const library = [
    'singly_compiled = static_library(',
    "  'singly-compiled',",
    '  dependencies: dependencies,',
    `  sources: [${singles.join(' ')}],`,
    "  include_directories: include_directories('include'),",
    "  cpp_args: cpp_args + ['-DMS_EXECUTABLE'],",
    "  override_options: ['unity=off'],",
    ')',
    '',
    '',
  ].join('\n')
  return without.replace(
    /executable\(\n {2}'mediasoup-worker',\n/,
    (match) => `${library}${match}  link_whole: singly_compiled,\n`,
  )
}

/** libwebrtc's sources were never meant to share a unity file. */
export function keepOutOfUnity(mesonBuild: string): string {
  return mesonBuild.replace(
    /libwebrtc = library\(\n {2}'libwebrtc',\n {2}libwebrtc_sources,\n/,
    (match) => `${match}  override_options: ['unity=off'],\n`,
  )
}

async function patch(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const after = change(before)
  if (after === before) {
    throw new Error(`mediasoup's ${path.basename(file)} no longer looks as the patch for Debian expects`)
  }
  await writeFile(file, after)
}
