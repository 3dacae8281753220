// The one round trip by which a page joins a channel: capabilities go, transport and consumers come, and the clocks are set.
import type { types } from 'mediasoup-client'
import type { PlayMode, RequestData, WatchReply } from '../../server/contract/sockets.ts'
import type { LiveSocket } from '../client/LiveSocket.ts'
import { clockOffset } from './clockOffset.ts'

type Asked = {
  readonly socket: LiveSocket
  readonly channel: string
  readonly mode: PlayMode
  /** For WebRTC: what this browser can receive. */
  readonly device: types.Device | null
}

/** @returns the answer, and what to add to this machine's clock to get the server's (ms). @throws RequestFailed */
export async function askToWatch({ socket, channel, mode, device }: Asked): Promise<{ readonly answer: WatchReply; readonly offset: number }> {
  const capabilities = device?.recvRtpCapabilities as unknown as RequestData<'watch'>['rtpCapabilities']
  const sentAt = Date.now()
  const answer = await socket.request('watch', { channel, mode, ...(capabilities === undefined ? {} : { rtpCapabilities: capabilities }) })
  return { answer, offset: clockOffset({ sentAt, answeredAt: Date.now(), serverTime: answer.serverTime }) }
}
