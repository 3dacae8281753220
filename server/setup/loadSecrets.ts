/** The keys of an installation are made on the first start and kept, so that nobody has to think one up. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const secretsSchema = z.object({ APP_SECRET: z.string().min(16), INTERNAL_SECRET: z.string().min(16) })

export type Secrets = z.infer<typeof secretsSchema>

/**
 * Reads `secrets.json` in the data folder, or makes it, readable by its owner alone.
 * @throws Error when the file is there but damaged: making new keys would lock out every stream key.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return makeSecrets(file)
  }
  const parsed = secretsSchema.safeParse(parse(text))
  if (!parsed.success) throw new Error(`${file} is damaged. Restore it from a backup; without it stream keys can no longer be read.`)
  return parsed.data
}

async function makeSecrets(file: string): Promise<Secrets> {
  const make = (): string => randomBytes(32).toString('base64url')
  const secrets = { APP_SECRET: make(), INTERNAL_SECRET: make() }
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return secrets
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
