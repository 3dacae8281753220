// The list of a recording's segments on disk: one JSON line each, appended after the segment's files are there.
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { HlsSegment } from '../packaging/HlsSegment.ts'

export const INDEX_FILE = 'segments.jsonl'

const lineSchema = z.object({
  run: z.string().regex(/^run-\d+$/),
  file: z.string().regex(/^seg-\d+\.m4s$/),
  duration: z.number().positive().max(3_600),
  programDateTime: z.string().max(40),
  discontinuity: z.boolean(),
})

/** Appends a segment. A line starts with a newline, so that one torn by a crash spoils only itself. */
export async function appendToIndex(folder: string, segment: HlsSegment): Promise<void> {
  await appendFile(join(folder, INDEX_FILE), `\n${JSON.stringify(segment)}`)
}

/** The segments recorded so far, in order and each once; torn lines are passed over. Empty when there is no recording. */
export async function readIndex(folder: string): Promise<HlsSegment[]> {
  const text = await readFile(join(folder, INDEX_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return ''
    throw error
  })
  const seen = new Map<string, HlsSegment>()
  for (const line of text.split('\n')) {
    const segment = parseLine(line)
    if (segment) seen.set(`${segment.run}/${segment.file}`, segment)
  }
  return [...seen.values()].map((segment, index, all) => ({ ...segment, discontinuity: index > 0 && all[index - 1]?.run !== segment.run }))
}

function parseLine(line: string): HlsSegment | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data
  } catch {
    // A crash tore this line; its segment was not promised to anyone.
    return undefined
  }
}
