/** mediasoup publishes ready-made workers; where they can be reached nobody needs to build one. */
import { spawn } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

const CONNECT_TIMEOUT_MS = 10_000
const DOWNLOAD_TIMEOUT_MS = 120_000

export interface DownloadWorkerOptions {
  version: string
  /** An existing folder; the binary is put here. */
  targetDir: string
  /** MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL names a mirror, as for mediasoup's own installer. */
  env?: NodeJS.ProcessEnv
}

/** Resolves with the binary's path. Throws an Error when there is none for this machine or it cannot be reached. */
export async function downloadWorker({ version, targetDir, env = process.env }: DownloadWorkerOptions): Promise<string> {
  const base = env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || 'https://github.com/versatica/mediasoup/releases/download'
  const response = await fetchInTime(`${base}/${version}/${prebuiltName(version)}`)
  const archive = path.join(targetDir, 'prebuilt.tgz')
  await writeFile(archive, Buffer.from(await response.arrayBuffer()))
  await untar(archive, targetDir)
  const bin = path.join(targetDir, 'mediasoup-worker')
  await chmod(bin, 0o755)
  return bin
}

/** The name that mediasoup's releases give the archive for this machine (its npm-scripts.mjs, `getWorkerPrebuildTarName`). */
export function prebuiltName(version: string, platform = os.platform(), arch = os.arch(), release = os.release()): string {
  const kernel = platform === 'linux' ? `-kernel${release.split('.')[0]}` : ''
  return `mediasoup-worker-${version}-${platform}-${arch}${kernel}.tgz`
}

async function fetchInTime(url: string): Promise<Response> {
  const connecting = new AbortController()
  const timer = setTimeout(() => connecting.abort(new Error('no answer in time')), CONNECT_TIMEOUT_MS)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([connecting.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]) })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

async function untar(archive: string, targetDir: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const tar = spawn('tar', ['-xzf', archive, '-C', targetDir], { stdio: 'ignore' })
    tar.once('error', reject)
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the archive cannot be unpacked'))))
  })
}
