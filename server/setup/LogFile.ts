/** Keeps a process's log lines on disk without ever filling it. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

const MAX_BYTES = 20 * 1024 * 1024
const OLD_FILES = 3

export interface LogFileOptions {
  file: string
  /** At this size, in bytes, the file becomes `<file>.1`, that one `.2`, … */
  maxBytes?: number
}

export class LogFile {
  readonly #file: string
  readonly #maxBytes: number
  #handle: number | undefined
  #size = 0

  constructor({ file, maxBytes = MAX_BYTES }: LogFileOptions) {
    this.#file = file
    this.#maxBytes = maxBytes
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    this.#open()
  }

  write(line: string): void {
    if (this.#handle === undefined) return
    if (this.#size >= this.#maxBytes) this.#rotate()
    this.#size += writeSync(this.#handle, `${line}\n`)
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }

  #open(): void {
    this.#handle = openSync(this.#file, 'a', 0o600)
    this.#size = fstatSync(this.#handle).size
  }

  #rotate(): void {
    this.close()
    for (let n = OLD_FILES - 1; n >= 0; n--) {
      const from = n === 0 ? this.#file : `${this.#file}.${n}`
      try {
        renameSync(from, `${this.#file}.${n + 1}`)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    this.#open()
  }
}
