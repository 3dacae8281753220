// The grand effects of the catalogue are fetched while nothing else happens, so that they begin at once when somebody sends one.
import { giftsApi } from './giftsApi.ts'

const GRAND = 4

/** Call it once a page, after the first effect was seen. */
export function preloadEffects(): void {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
  if (saving) return
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 3_000))
  idle(() => void fetchGrand())
}

async function fetchGrand(): Promise<void> {
  try {
    const gifts = await giftsApi.catalogue()
    for (const { effectUrl, tier } of gifts) if (effectUrl !== null && tier >= GRAND) await fetch(effectUrl, { priority: 'low' })
  } catch {
    // They are fetched when they are played.
  }
}
