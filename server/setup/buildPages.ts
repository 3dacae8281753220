/** The web pages are built when their sources changed and only then, so that a second start is quick. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { withFileLock } from '../../worker-config/worker/withFileLock.ts'

/** What the pages are made of, from the project's root. */
const SOURCES = ['web', 'server/contract', 'worker-config', 'package-lock.json']
const KEPT_LINES = 30

export interface BuildPagesOptions {
  /** The project's root. */
  root: string
  log: (line: string) => void
}

/** Builds `web/dist` unless it is up to date. @throws Error with the last lines of Vite's output when that fails. */
export async function buildPages({ root, log }: BuildPagesOptions): Promise<void> {
  const stampFile = path.join(root, 'web/dist/.stamp')
  const stamp = await sourcesStamp(root)
  const isBuilt = async (): Promise<boolean> => (await readFile(stampFile, 'utf8').catch(() => '')) === stamp
  if (await isBuilt()) return
  await withFileLock(path.join(root, 'node_modules/.cache/footlight-pages.lock'), async () => {
    if (await isBuilt()) return
    log('Building the web pages.')
    await vite(root)
    await writeFile(stampFile, stamp)
  })
}

/** Changes when any source of the pages changes. Files are hashed by content: times differ from clone to clone. */
export async function sourcesStamp(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(path.join(root, source))) {
      hash.update(path.relative(root, file)).update('\0').update(await readFile(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesOf(file: string): Promise<string[]> {
  if (!existsSync(file)) return []
  const entries = await readdir(file, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return [file]
  const kept = entries.filter(({ name }) => name !== 'dist' && name !== 'node_modules').sort((a, b) => (a.name < b.name ? -1 : 1))
  return (await Promise.all(kept.map(({ name }) => filesOf(path.join(file, name))))).flat()
}

async function vite(root: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' }
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let tail: string[] = []
  const take = (data: Buffer): void => {
    // Where in Vite it went wrong helps nobody; what went wrong does.
    const lines = data.toString().split('\n').filter((line) => !/^\s+at /.test(line))
    tail = [...tail, ...lines].slice(-KEPT_LINES)
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`The web pages cannot be built:\n${tail.join('\n').trim()}`)
}
