/** The launcher asks the operator's own commands to migrate and to make the first admin. */
import { spawn } from 'node:child_process'

export interface RunCliOptions {
  /** Absolute path of `server/cli.ts`. */
  cli: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
}

/** Resolves with what it printed. @throws Error with what it complained when it fails. */
export async function runCli({ cli, args, env }: RunCliOptions): Promise<string> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaint = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (complaint = (complaint + data.toString()).slice(-4000)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`"${args.join(' ')}" failed: ${complaint.trim() || output.trim() || `code ${code}`}`)
  return output
}
