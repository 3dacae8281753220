// Refreshes the home page without making cards jump from under the reader's finger.
import type { LiveCard } from '../../server/contract/http.ts'

/** Cards already shown keep their places with new numbers; those gone are left out, new ones come last in the server's order. */
export function keepOrder(shown: readonly LiveCard[], fresh: readonly LiveCard[]): LiveCard[] {
  const byChannel = new Map(fresh.map((card) => [card.channel, card]))
  const kept = shown.flatMap(({ channel }) => byChannel.get(channel) ?? [])
  const known = new Set(kept.map(({ channel }) => channel))
  return [...kept, ...fresh.filter(({ channel }) => !known.has(channel))]
}
