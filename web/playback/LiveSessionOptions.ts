// What a live session is given by its page.
import type { types } from 'mediasoup-client'
import type { LiveSocket } from '../client/LiveSocket.ts'
import type { ModeChoice } from './chooseMode.ts'
import type { LiveSnapshot } from './LiveSnapshot.ts'

export type LiveSessionOptions = {
  readonly channel: string
  readonly video: HTMLVideoElement
  readonly openSocket: () => Promise<LiveSocket>
  readonly loadDevice: () => Promise<types.Device>
  readonly choice: ModeChoice
  readonly onChange: (snapshot: LiveSnapshot) => void
}
