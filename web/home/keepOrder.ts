// Refreshes the home page without making cards jump from under the reader's finger.
import type { HomeView } from '../../server/contract/discovery.ts'

/** Cards already shown keep their places with new numbers; those gone are left out, new ones come last in the server's order. */
export function keepOrder<T extends { readonly channel: string }>(shown: readonly T[], fresh: readonly T[]): T[] {
  const byChannel = new Map(fresh.map((card) => [card.channel, card]))
  const kept = shown.flatMap(({ channel }) => byChannel.get(channel) ?? [])
  const known = new Set(kept.map(({ channel }) => channel))
  return [...kept, ...fresh.filter(({ channel }) => !known.has(channel))]
}

/** Every section of the home page so. */
export function keepHome(shown: HomeView, fresh: HomeView): HomeView {
  return {
    ...fresh,
    following: { live: keepOrder(shown.following.live, fresh.following.live), offline: keepOrder(shown.following.offline, fresh.following.offline) },
    recommended: keepOrder(shown.recommended, fresh.recommended),
    live: keepOrder(shown.live, fresh.live),
  }
}
