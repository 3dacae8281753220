// What a room that overflows is shown: everything that matters, and of the rest as much as people can read.
import type { ChatMessage } from '../contract/chat.ts'

/** Messages a second that a room is shown of strangers; above some ten a second nobody reads each, and every phone has to draw them. */
export const SHOWN_PER_SECOND = 30

export type Heard = { readonly message: ChatMessage; /** Of the host, moderators, operators, guards, or a line that matters. */ readonly important: boolean }
export type Sample = { readonly shown: ChatMessage[]; readonly skipped: ChatMessage[]; /** What is left of the allowance. */ readonly allowance: number }

/**
 * Important ones are always shown. Mentions come before strangers' messages, which are thinned out evenly.
 * @param allowance messages that may still be shown now (see refill)
 */
export function sampleBatch(heard: readonly Heard[], allowance: number): Sample {
  const mentions = heard.filter(({ message, important }) => !important && message.mentions.length > 0)
  const strangers = heard.filter(({ message, important }) => !important && message.mentions.length === 0)
  let left = Math.max(0, allowance - (heard.length - mentions.length - strangers.length))
  const chosen = new Set<Heard>()
  for (const group of [mentions, strangers]) {
    const some = spread(group, Math.floor(left))
    for (const one of some) chosen.add(one)
    left -= some.length
  }
  const isShown = (one: Heard) => one.important || chosen.has(one)
  return { shown: heard.filter(isShown).map(({ message }) => message), skipped: heard.filter((one) => !isShown(one)).map(({ message }) => message), allowance: left }
}

/** The allowance after a time, never more than a second's worth. */
export const refill = (allowance: number, elapsedMs: number): number => Math.min(SHOWN_PER_SECOND, allowance + (Math.max(0, elapsedMs) * SHOWN_PER_SECOND) / 1000)

/** So many of a list, evenly spread over it, the last among them. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (count >= list.length) return list
  return Array.from({ length: count }, (_none, index) => list[Math.floor(((index + 1) * list.length) / count) - 1] as T)
}
