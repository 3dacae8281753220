// A bridge with a stand-in server and RTP listeners around it: what most bridge tests begin with.
import { startInternalServer } from './internalServer.ts'
import type { InternalServer } from './internalServer.ts'
import { startPush } from './pushMedia.ts'
import type { MediaPush, PushOptions } from './pushMedia.ts'
import { listenRtp } from './rtpListener.ts'
import type { RtpListener } from './rtpListener.ts'
import { startBridge, temporaryFolder } from './startBridge.ts'
import type { TestBridge } from './startBridge.ts'

export const BROADCAST = 'broadcast-1'
export const STREAM_KEY = 'a-good-key'

export type TestStage = {
  readonly server: InternalServer
  readonly bridge: TestBridge
  readonly video: RtpListener
  readonly audio: RtpListener
  readonly mediaDir: string
  push(options?: Omit<PushOptions, 'url'>): MediaPush
  /** Ends the bridge by SIGKILL (its ffmpegs go with it) and starts another one on the same media folder. */
  crashBridge(): Promise<TestBridge>
  /** Ends the server and starts another one on the same port that knows nothing. */
  restartServer(downMs: number): Promise<InternalServer>
  close(): Promise<void>
}

export type StageOptions = { readonly env?: Readonly<Record<string, string>>; readonly record?: boolean; readonly mediaDir?: string }

export async function openStage({ env, record, mediaDir }: StageOptions = {}): Promise<TestStage> {
  const [video, audio] = await Promise.all([listenRtp(102, 0xf1000001), listenRtp(100, 0x00000005)])
  const serverOptions = {
    keys: { [STREAM_KEY]: BROADCAST },
    record,
    targets: (media: { video: unknown; audio: unknown }) => ({ video: media.video ? video.target : null, audio: media.audio ? audio.target : null }),
  }
  let server = await startInternalServer(serverOptions)
  const folder = await temporaryFolder()
  const dir = mediaDir ?? folder.path
  let bridge = await startBridge({ serverUrl: server.url, mediaDir: dir, env })
  const pushes: MediaPush[] = []
  return {
    get server() {
      return server
    },
    get bridge() {
      return bridge
    },
    video,
    audio,
    mediaDir: dir,
    push: (options = {}) => {
      const push = startPush({ url: `${bridge.rtmpUrl}/${STREAM_KEY}`, maxSeconds: 60, size: '320x180', ...options })
      pushes.push(push)
      return push
    },
    crashBridge: async () => {
      await bridge.end('SIGKILL')
      bridge = await startBridge({ serverUrl: server.url, mediaDir: dir, env })
      return bridge
    },
    restartServer: async (downMs) => {
      const { port } = server
      await server.close()
      await new Promise((resolve) => setTimeout(resolve, downMs))
      server = await startInternalServer({ ...serverOptions, port })
      return server
    },
    close: async () => {
      await Promise.all(pushes.map((push) => push.kill()))
      await bridge.end('SIGTERM')
      await server.close()
      video.close()
      audio.close()
      await folder.remove()
    },
  }
}
