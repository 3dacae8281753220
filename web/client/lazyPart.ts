// A part of a page that is loaded when it is first drawn: a network that is away for a while delays it, and does not take the page down.
import { lazy } from 'react'

/** Pauses between tries, in ms; after the last one the page says that it cannot be drawn. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000]

/** As React's `lazy`, with more patience. */
export const lazyPart: typeof lazy = (load) => lazy(() => patiently(load))

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    await online()
    try {
      return await load()
    } catch {
      await passes(pause)
    }
  }
  return load()
}

/** Whether a way out exists is the browser's guess, but "no" it knows. */
const online = (): Promise<unknown> => (navigator.onLine ? Promise.resolve() : new Promise((resolve) => window.addEventListener('online', resolve, { once: true })))

/** A network that comes back ends the pause. */
const passes = (ms: number): Promise<unknown> => Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), new Promise((resolve) => window.addEventListener('online', resolve, { once: true }))])
