/** Runs one of the project's tools on our own Node with its output for all to see. */
import { spawn } from 'node:child_process'

export interface RunVisiblyOptions {
  cwd: string
  /** Absolute path of the tool's JavaScript file. */
  bin: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
}

/** Resolves with the exit code; a tool that was killed counts as failed. */
export async function runVisibly({ cwd, bin, args, env }: RunVisiblyOptions): Promise<number> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
