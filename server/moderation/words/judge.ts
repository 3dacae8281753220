// Decides what happens to a text in which words were found: the strictest entry speaks.
import type { WordAction } from '../../contract/moderation.ts'
import { starOut } from './starOut.ts'
import type { Verdict } from './WordFilter.ts'
import type { WordHit } from './WordMatcher.ts'

const strictness: Record<WordAction, number> = { replace: 0, hold: 1, refuse: 2, mute: 3 }

export function judge(text: string, hits: readonly WordHit[]): Verdict {
  const [strictest] = [...hits].sort((a, b) => strictness[b.entry.action] - strictness[a.entry.action] || b.entry.muteSeconds - a.entry.muteSeconds)
  if (!strictest) return { action: 'pass' }
  const { action, word, muteSeconds } = strictest.entry
  if (action === 'replace') return { action, text: starOut(text, hits.flatMap(({ places }) => places)) }
  return action === 'mute' ? { action, word, muteSeconds } : { action, word }
}
