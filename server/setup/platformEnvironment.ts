/** The running platform's environment, left in the data folder so that the operator's commands reach the same databases. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const NAMES = ['DATA_DIR', 'MEDIA_DIR', 'DATABASE_URL', 'REDIS_URL', 'APP_SECRET', 'INTERNAL_SECRET', 'HTTP_PORT', 'RTMP_PORT', 'SERVER_URL', 'PUBLIC_URL', 'PUBLIC_RTMP_HOST']
const fileIn = (dataDir: string): string => path.join(dataDir, 'environment.json')

/** Written by the launcher at each start, readable by its owner alone. */
export async function writePlatformEnvironment(dataDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const kept = Object.fromEntries(NAMES.map((name) => [name, env[name]]).filter(([, value]) => value))
  const file = fileIn(dataDir)
  await writeFile(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/**
 * The environment with what the running platform has and `env` lacks.
 * A platform that was never started by `npm start` left nothing: then it is `env` alone.
 */
export async function withPlatformEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  try {
    const kept = JSON.parse(await readFile(fileIn(path.resolve(root, env['DATA_DIR'] || 'data')), 'utf8')) as NodeJS.ProcessEnv
    return { ...kept, ...env }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env
    throw error
  }
}
