// The rule of paid shows: who receives one, until when, and what has to happen first.
import type { BroadcastState } from '../contract/broadcast.ts'
import type { ShowAccessName } from '../contract/tickets.ts'

/** Times in ms since 1970. */
export type AccessFacts = {
  /** The host, moderators, staff. */
  readonly exempt: boolean
  readonly held: boolean
  readonly paidUntil: number | null
  /** Agreed to pay by the minute, and has not stopped. */
  readonly going: boolean
  readonly previewSeconds: number
  /** Null: this person has had none of this show. */
  readonly previewBeganAt: number | null
  readonly state: BroadcastState
  readonly now: number
}
export type Decision = {
  readonly access: ShowAccessName
  readonly until: number | null
  /** What has to be done before media is sent; then this is asked again. */
  readonly first?: 'begin-preview' | 'charge'
}

/** A preview runs by the clock from the first picture on, whether or not it is watched; nothing is begun or charged while no media flows. */
export function decideAccess({ exempt, held, paidUntil, going, previewSeconds, previewBeganAt, state, now }: AccessFacts): Decision {
  if (exempt) return { access: 'exempt', until: null }
  if (held) return { access: 'held', until: null }
  if (paidUntil !== null && now < paidUntil) return { access: 'minutes', until: paidUntil }
  const previewEnds = previewBeganAt === null ? null : previewBeganAt + previewSeconds * 1000
  if (previewEnds !== null && now < previewEnds) return { access: 'preview', until: previewEnds }
  if (state === 'ended') return { access: 'needed', until: null }
  if (previewEnds === null && previewSeconds > 0) return state === 'live' ? { access: 'preview', until: null, first: 'begin-preview' } : { access: 'waiting', until: null }
  if (!going) return { access: 'needed', until: null }
  return state === 'live' ? { access: 'waiting', until: null, first: 'charge' } : { access: 'waiting', until: null }
}
