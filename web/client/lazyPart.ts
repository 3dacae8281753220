// A part of a page that is loaded when it is first drawn: a network that is away for a while delays it, and does not take the page down.
import { lazy } from 'react'

/** Pauses between tries, in ms; after the last one the page says that it cannot be drawn. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000]

/** As React's `lazy`, with more patience. */
export const lazyPart: typeof lazy = (load) => lazy(() => patiently(load))

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load()
    } catch {
      await passes(pause)
      askForStylesAgain()
    }
  }
  return load()
}

/** A network that comes back ends the pause. */
const passes = (ms: number): Promise<unknown> => Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), new Promise((resolve) => window.addEventListener('online', resolve, { once: true }))])

/** The part's code is asked for anew by `load`, its style sheets are not. */
function askForStylesAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) if (link.sheet === null) link.replaceWith(link.cloneNode())
}
