// The one state machine of a broadcast, whatever its source.
import type { BroadcastState } from '../contract/broadcast.ts'

/**
 * What can happen to a broadcast: the host's media flows; its connection is lost without a goodbye; it is over, because the
 * host said goodbye, someone stopped it, or nobody came back in the grace time.
 */
export type BroadcastEvent = 'media-started' | 'media-lost' | 'finished'

const transitions: Record<BroadcastState, Partial<Record<BroadcastEvent, BroadcastState>>> = {
  starting: { 'media-started': 'live', 'media-lost': 'interrupted', finished: 'ended' },
  live: { 'media-started': 'live', 'media-lost': 'interrupted', finished: 'ended' },
  interrupted: { 'media-started': 'live', 'media-lost': 'interrupted', finished: 'ended' },
  ended: {},
}

/** The state after an event; the same state when the event means nothing in it (nothing revives an ended broadcast). */
export function nextState(state: BroadcastState, event: BroadcastEvent): BroadcastState {
  return transitions[state][event] ?? state
}
