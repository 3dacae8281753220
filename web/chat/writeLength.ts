// How much room a message has left.
import { CHAT_MAX_LENGTH } from './chatLimits.ts'

/** From here on the composer shows a counter. */
const NEAR = 30

/** Counts code points, as the server does, so that an emoji is not two letters. */
export function writeLength(text: string): { readonly left: number; readonly near: boolean } {
  const left = CHAT_MAX_LENGTH - [...text.trim()].length
  return { left, near: left <= NEAR }
}
