// Files that a web server may read at any moment are replaced whole or not at all.
import { rename, rm, writeFile } from 'node:fs/promises'

let counter = 0

/** Writes beside the target and renames. Rejects with the system's error; leaves nothing behind then. */
export async function writeAtomically(path: string, content: string): Promise<void> {
  counter += 1
  const temporary = `${path}.${process.pid}-${counter}.tmp`
  try {
    await writeFile(temporary, content)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}
