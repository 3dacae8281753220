// Decides whether WebRTC or HLS plays: the viewer's choice first, else WebRTC until it has shown that it cannot.
import type { PlayMode } from '../../server/contract/sockets.ts'

/** WebRTC that has not connected within this time gives way to HLS. */
export const CONNECT_LIMIT_MS = 5_000
/** That many failures without a stable connection in between, and HLS plays. */
export const FAILURE_LIMIT = 2
/** A connection that held this long forgives former failures. */
export const STABLE_MS = 30_000

export type ModeChoice = 'auto' | PlayMode
export type FallbackReason = 'timeout' | 'failed' | 'unsupported'

export type ModeState = {
  readonly choice: ModeChoice
  readonly mode: PlayMode
  readonly failures: number
  /** Why HLS plays although nobody chose it; null when it was chosen or WebRTC plays. */
  readonly fallback: FallbackReason | null
  /** HLS plays because the server asked does not carry the broadcast: no fault of WebRTC's. */
  readonly elsewhere: boolean
}

export type ModeEvent =
  | { readonly type: 'chosen'; readonly choice: ModeChoice }
  | { readonly type: 'webrtc-timed-out' | 'webrtc-failed' | 'webrtc-unsupported' | 'webrtc-stable' | 'broadcast-began' | 'elsewhere' | 'maybe-here' }

export function initialMode(choice: ModeChoice): ModeState {
  return { choice, mode: choice === 'hls' ? 'hls' : 'webrtc', failures: 0, fallback: null, elsewhere: false }
}

const fallBack = (state: ModeState, fallback: FallbackReason): ModeState => ({ ...state, mode: 'hls', failures: 0, fallback })

export function chooseMode(state: ModeState, event: ModeEvent): ModeState {
  if (event.type === 'chosen') return initialMode(event.choice)
  if (event.type === 'elsewhere') return state.mode === 'hls' ? state : { ...state, mode: 'hls', elsewhere: true }
  if (event.type === 'maybe-here') return state.elsewhere ? initialMode(state.choice) : state
  // A browser without WebRTC cannot do what was chosen either: HLS, and the page says why.
  if (event.type === 'webrtc-unsupported') return fallBack(state, 'unsupported')
  if (state.choice !== 'auto') return state
  if (event.type === 'broadcast-began') return state.fallback === 'unsupported' ? state : initialMode('auto')
  if (state.mode !== 'webrtc') return state
  if (event.type === 'webrtc-stable') return state.failures === 0 ? state : { ...state, failures: 0 }
  if (event.type === 'webrtc-timed-out') return fallBack(state, 'timeout')
  const failures = state.failures + 1
  return failures >= FAILURE_LIMIT ? fallBack(state, 'failed') : { ...state, failures }
}
