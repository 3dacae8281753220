// Plays one effect in a box of the page, whatever kind it is; its player is loaded when it is first needed.
import type { GiftEffect } from '../../server/contract/gifts.ts'

/** A file that has not begun by then is given up. */
const BEGIN_MS = 8_000
/** Longer than it says it is. */
const SLACK_MS = 3_000
const LONGEST_MS = 25_000

export type Playing = { /** Resolves when it has played. */ readonly ended: Promise<void>; readonly close: () => void }
export type PlayerOptions = { readonly root: HTMLElement; readonly url: string; readonly signal: AbortSignal }
export type EffectPlayer = (options: PlayerOptions) => Promise<Playing>

const players: Readonly<Record<Exclude<GiftEffect, 'none'>, () => Promise<EffectPlayer>>> = {
  lottie: async () => (await import('./playLottie.ts')).playLottie,
  svga: async () => (await import('./playSvga.ts')).playSvga,
  video: async () => (await import('./playVideo.ts')).playVideo,
}

type Options = { readonly root: HTMLElement; readonly url: string; readonly effect: GiftEffect; readonly durationMs: number; readonly signal: AbortSignal; readonly load?: typeof players }

const after = (ms: number, signal: AbortSignal) =>
  new Promise<'late'>((resolve) => {
    const timer = setTimeout(() => resolve('late'), ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })

/** Resolves when it has played, was aborted, or does not work: a broken or slow file never holds up those that wait. */
export async function playEffect({ root, url, effect, durationMs, signal, load = players }: Options): Promise<void> {
  if (effect === 'none') return
  const end = new AbortController()
  const stopped = new Promise<'stopped'>((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true }))
  const beginning = load[effect]().then((player) => (end.signal.aborted ? null : player({ root, url, signal: end.signal })))
  let playing: Playing | null = null
  // What begins too late closes at once.
  beginning.then((late) => end.signal.aborted && late?.close(), () => undefined)
  try {
    const begun = await Promise.race([beginning, after(BEGIN_MS, end.signal), stopped])
    if (begun === 'late' || begun === 'stopped' || begun === null) return
    playing = begun
    await Promise.race([playing.ended, after(Math.min(LONGEST_MS, durationMs + SLACK_MS), end.signal), stopped])
  } catch {
    // A broken file is the operator's to mend; the room's gifts go on.
  } finally {
    end.abort()
    playing?.close()
  }
}
