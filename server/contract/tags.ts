// Tags of a channel, in any script: how they are written down so that equal ones meet.
import { z } from 'zod'

export const TAGS_MAX = 5
export const TAG_LENGTH = 20

/**
 * A tag as it is stored and compared: NFKC, lower case, without a leading `#`, words joined by `-`; letters and digits of any script.
 * @returns an empty string when nothing is left
 */
export function normaliseTag(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/^#+/, '')
    .replace(/[\s_-]+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}+-]/gu, '')
    .replace(/^-+|-+$/g, '')
}

const tagSchema = z.string().max(100).transform(normaliseTag).pipe(z.string().min(1, 'must hold letters or digits').refine((tag) => [...tag].length <= TAG_LENGTH, `must have at most ${TAG_LENGTH} characters`))
/** Tags of a channel: each once, in the host's order. */
export const tagsSchema = z
  .array(tagSchema)
  .max(50)
  .transform((tags) => [...new Set(tags)])
  .pipe(z.array(z.string()).max(TAGS_MAX, `at most ${TAGS_MAX} tags`))
