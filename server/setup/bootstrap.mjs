/**
 * The one file that the system's own Node runs: it sees to the npm packages, among them Node 24, and hands over to it.
 * Plain JavaScript with nothing but Node's own modules, since nothing else is there yet.
 *
 * Usage: node server/setup/bootstrap.mjs start|test|worker|cli [arguments]
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages } from './installPackages.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const [task = 'start', ...rest] = process.argv.slice(2)
const script = path.join(root, 'server/setup', `${task}.ts`)

if (!/^[a-z]+$/.test(task) || !existsSync(script)) {
  console.error(`There is no task "${task}".`)
  process.exit(2)
}
try {
  // Standard output belongs to the task: that of `cli` is read by programs.
  await installPackages({ root, log: (line) => console.error(line) })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
handOver()

/**
 * Runs the task on Node 24 and leaves with its exit code. The task has a session of its own, so a terminal's Ctrl-C reaches
 * it once, through us; if we are killed outright, the kernel tells it (setpriv --pdeathsig).
 */
function handOver() {
  const node = path.join(root, 'node_modules/.bin/node')
  const args = ['--disable-warning=ExperimentalWarning', script, ...rest]
  const setpriv = '/usr/bin/setpriv'
  const [command, argv] = existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', node, ...args]] : [node, args]
  const env = {
    // Node keeps what it made of our TypeScript: the second start needs half the time for it.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/footlight-compiled'),
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
  }
  const child = spawn(command, argv, { cwd: root, env, stdio: 'inherit', detached: true })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  if (process.env.npm_lifecycle_event) leaveWithParent(() => child.kill('SIGTERM'))
  child.once('error', (error) => {
    console.error(`Node 24 cannot be started: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal ?? 'SIGTERM'] ?? 15)))
}

/**
 * npm lives as long as its script does. Should it be killed outright, nobody would be left to be asked to stop.
 * @param {() => void} leave
 */
function leaveWithParent(leave) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    leave()
  }, 500)
  timer.unref()
}
