// A socket without a network, so that thousands of hostile connections run through the real session in a few seconds.
import { EventEmitter, once } from 'node:events'
import type { Socket } from 'node:net'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import type { RtmpLog, RtmpPublishEnd } from '../../bridge/rtmp/RtmpPublish.ts'
import { RtmpSession } from '../../bridge/rtmp/RtmpSession.ts'
import { DEFAULT_RTMP_LIMITS } from '../../bridge/rtmp/rtmpLimits.ts'
import type { RtmpLimits } from '../../bridge/rtmp/rtmpLimits.ts'

/** Just as much of a socket as an RTMP connection uses; what is written to it is counted and dropped. */
class FakeSocket extends EventEmitter {
  destroyed = false
  paused = false
  written = 0
  readonly writableLength = 0

  setNoDelay(): this {
    return this
  }

  write(bytes: Buffer): boolean {
    this.written += bytes.length
    return true
  }

  pause(): this {
    this.paused = true
    return this
  }

  resume(): this {
    if (this.paused) {
      this.paused = false
      this.emit('resumed')
    }
    return this
  }

  end(): this {
    return this.destroy()
  }

  destroy(): this {
    if (!this.destroyed) {
      this.destroyed = true
      this.emit('resumed')
      this.emit('close')
    }
    return this
  }
}

export type FedConnection = {
  readonly tags: readonly FlvTag[]
  readonly lines: readonly { readonly level: string; readonly fields: Record<string, unknown>; readonly message: string }[]
  /** The most that was ever held for unfinished messages and unread input, bytes. */
  readonly peakBufferedBytes: number
  /** Why the owner of the publish was told it ended; undefined without a publish. */
  readonly closedReason: string | undefined
  readonly closedCalls: number
}

/** Runs one connection that sends these pieces and then hangs up. Any key is accepted. What the session throws, this throws. */
export async function feedSession(pieces: readonly Buffer[], limits: Partial<RtmpLimits> = {}): Promise<FedConnection> {
  const socket = new FakeSocket()
  const tags: FlvTag[] = []
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = []
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, fields: { ...fields }, message })
  const log: RtmpLog = { info: write('info'), warn: write('warn'), error: write('error') }
  let closedReason: string | undefined
  let closedCalls = 0
  const onClosed = ({ reason }: RtmpPublishEnd) => {
    closedReason = reason
    closedCalls += 1
  }
  const session = new RtmpSession({
    socket: socket as unknown as Socket,
    remoteAddress: '192.0.2.1',
    limits: { ...DEFAULT_RTMP_LIMITS, ...limits },
    apps: ['live'],
    authorize: async () => ({ onTag: (tag) => void tags.push(tag), onClosed }),
    log,
  })
  let peakBufferedBytes = 0
  for (const piece of pieces) {
    if (socket.destroyed) break
    socket.emit('data', piece)
    peakBufferedBytes = Math.max(peakBufferedBytes, session.bufferedBytes)
    if (socket.paused) await once(socket, 'resumed')
  }
  socket.destroy()
  return { tags, lines, peakBufferedBytes, closedReason, closedCalls }
}
