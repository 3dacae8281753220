/** Brings node_modules to what package-lock.json says, and Node 24 with it, without doing anything when all is there. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const PROGRESS_MS = 5000

/**
 * @param {{ root: string, log: (line: string) => void }} options
 * @returns {Promise<void>}
 * @throws {Error} with a readable message when npm fails
 */
export async function installPackages({ root, log }) {
  const stampFile = path.join(root, 'node_modules/.footlight-stamp')
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  const stamp = packagesStamp(lockText)
  const nodeFile = path.join(root, 'node_modules/.bin/node')
  if (existsSync(nodeFile) && readText(stampFile) === stamp) return

  const lock = JSON.parse(lockText)
  const installed = JSON.parse(readText(path.join(root, 'node_modules/.package-lock.json')) || '{}')
  if (!isInstalled(lock, installed)) {
    log('Installing the npm packages; this happens once and takes a minute or two.')
    await withProgress({ root, lock, log }, () => npm(root, ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']))
  }
  if (!(await isNode(nodeFile, lock))) {
    log('Installing Node 24, which Footlight runs on (the system’s own Node stays as it is).')
    await npm(root, ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
    if (!(await isNode(nodeFile, lock))) throw new Error('npm has installed Node 24, but it does not start.')
  }
  writeFileSync(stampFile, stamp)
}

/**
 * Changes with the lock file and with the machine type, for which packages hold different binaries.
 * @param {string} lockText
 */
export function packagesStamp(lockText) {
  return createHash('sha256').update(`${process.platform} ${process.arch}\n${lockText}`).digest('hex')
}

/**
 * Whether npm's own record of what it installed (`node_modules/.package-lock.json`) has everything that the lock file asks
 * for, in the same versions. Optional packages may be missing: most are for other machine types.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} lock
 * @param {{ packages?: Record<string, { version?: string }> }} installed
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages).every(([where, wanted]) => {
    const found = installed.packages?.[where]
    if (where === '') return true
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional)
  })
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * @param {string} file
 * @param {{ packages: Record<string, { version?: string }> }} lock
 */
async function isNode(file, lock) {
  const wanted = lock.packages['node_modules/node']?.version
  return new Promise((resolve) => {
    const child = spawn(file, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout?.on('data', (data) => (text += data))
    child.once('error', () => resolve(false))
    child.once('close', () => resolve(text.trim() === `v${wanted}`))
  })
}

/**
 * The npm that runs us, if one does. MEDIASOUP_WORKER_BIN makes mediasoup's install script skip itself, should a setting of
 * the user's let scripts run after all.
 * @param {string} root
 * @param {string[]} args
 */
async function npm(root, args) {
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined
  const [command, argv] = own ? [process.execPath, [own, ...args]] : ['npm', args]
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || 'provided-by-footlight' }
  const child = spawn(command, argv, { cwd: root, env, stdio: ['ignore', 2, 2] })
  const code = await new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('npm cannot be started.', { cause })))
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`npm ${args[0]} failed; its words are above. Is the npm registry within reach?`)
}

/**
 * npm tells nothing while it works, so look at what has arrived.
 * @param {{ root: string, lock: { packages: Record<string, { optional?: boolean }> }, log: (line: string) => void }} options
 * @param {() => Promise<void>} work
 */
async function withProgress({ root, lock, log }, work) {
  const folders = Object.entries(lock.packages).filter(([where, { optional }]) => where && !optional).map(([where]) => where)
  let last = 0
  const timer = setInterval(() => {
    const there = folders.filter((where) => existsSync(path.join(root, where, 'package.json'))).length
    if (there <= last) return
    last = there
    log(`  ${there} of ${folders.length} packages`)
  }, PROGRESS_MS)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
}
