// What a live session is given by its page, and how patient it is.
import type { types } from 'mediasoup-client'
import type { LiveSocket } from '../client/LiveSocket.ts'
import type { ModeChoice } from './chooseMode.ts'
import type { LiveSnapshot } from './LiveSnapshot.ts'

export const RETRY_MS = 500
export const SAMPLE_MS = 500
/** Media that came this lately still counts as there, while the server or a new transport is on its way. */
export const FRESH_MS = 1_500

export type LiveSessionOptions = {
  readonly channel: string
  readonly video: HTMLVideoElement
  readonly openSocket: () => Promise<LiveSocket>
  readonly loadDevice: () => Promise<types.Device>
  readonly choice: ModeChoice
  readonly onChange: (snapshot: LiveSnapshot) => void
}
