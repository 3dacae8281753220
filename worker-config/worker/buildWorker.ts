/** Where mediasoup's ready-made worker is out of reach, this builds it from the npm package's sources and Debian's libraries. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'
import { NINJA_STATUS, ninjaProgress } from './ninjaProgress.ts'
import { prepareSources } from './prepareSources.ts'

/** Twelve sources a compiler run: two minutes on two cores instead of nine. */
const UNITY_SIZE = 12

/** Kept of a tool's output to be shown when it fails, in lines. */
const TAIL_LINES = 25

export interface BuildWorkerOptions {
  /** mediasoup's own `worker/` folder. */
  workerDir: string
  /** An empty folder to build in; about 300 MB. */
  scratchDir: string
  log: (line: string) => void
}

/** Resolves with the binary's path inside `scratchDir`. Throws an Error that ends with the compiler's last lines. */
export async function buildWorker(options: BuildWorkerOptions): Promise<string> {
  try {
    return await build(options, true)
  } catch (error) {
    options.log(`The quick way to build it did not work (${firstLine(error)}). Building file by file instead, which takes about ten minutes.`)
    return build(options, false)
  }
}

async function build({ workerDir, scratchDir, log }: BuildWorkerOptions, unity: boolean): Promise<string> {
  const sources = path.join(scratchDir, unity ? 'unity' : 'plain')
  await prepareSources({ workerDir, targetDir: sources, unity })
  const unityOptions = unity ? ['--unity', 'on', '--unity-size', String(UNITY_SIZE)] : []
  await runTool('meson', ['setup', '--buildtype', 'release', '-Db_ndebug=true', ...unityOptions, 'build'], { cwd: sources })
  await ninjaTwice(sources, log)
  return path.join(sources, 'build', 'mediasoup-worker')
}

/** ninja may lose a race for a header that is generated during the build; a second run then finds it. */
async function ninjaTwice(cwd: string, log: (line: string) => void): Promise<void> {
  const progress = ninjaProgress()
  const onLine = (line: string): void => {
    const shown = progress(line)
    if (shown) log(`  ${shown}`)
  }
  const args = ['-C', 'build', 'mediasoup-worker']
  try {
    await runTool('ninja', args, { cwd, onLine })
  } catch {
    log('  The build stopped; trying once more from where it was.')
    await runTool('ninja', args, { cwd, onLine })
  }
}

interface RunToolOptions {
  cwd: string
  onLine?: (line: string) => void
}

async function runTool(command: string, args: string[], { cwd, onLine }: RunToolOptions): Promise<void> {
  const tail: string[] = []
  const child = spawn(command, args, { cwd, env: { ...process.env, NINJA_STATUS }, stdio: ['ignore', 'pipe', 'pipe'] })
  const take = (line: string): void => {
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
    onLine?.(line)
  }
  readline.createInterface({ input: child.stdout }).on('line', take)
  readline.createInterface({ input: child.stderr }).on('line', take)
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`${command} cannot be started`, { cause })))
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${command} ended with ${signal ?? `code ${code}`}\n${tail.join('\n')}`))
    })
  })
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
