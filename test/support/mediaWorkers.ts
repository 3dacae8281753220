/** Real mediasoup workers and ffmpeg sources for tests of the media room. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createSocket } from 'node:dgram'
import type { RelayTarget, RelayTargets } from '../../server/contract/bridgeApi.ts'
import { createLogger } from '../../server/core/logger.ts'
import { WorkerPool } from '../../server/media/WorkerPool.ts'
import type { WorkerPoolOptions } from '../../server/media/WorkerPool.ts'

export const log = createLogger({ name: 'test', level: process.env['TEST_LOG'] ?? 'silent' })

/** A pool on ports that are free at the moment. */
export async function startPool(o: Partial<WorkerPoolOptions> & { size: number }): Promise<WorkerPool> {
  const port = await freePort()
  return WorkerPool.create({ workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? '', webRtc: { listenIp: '0.0.0.0', port, announcedAddress: '' }, internalHost: '127.0.0.1', log, ...o })
}

/** Below the ephemeral ports, so that nobody gets it in between. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const socket = createSocket('udp4')
    const bound = new Promise<boolean>((resolve) => socket.once('listening', () => resolve(true)).once('error', () => resolve(false)))
    socket.bind(port, '0.0.0.0')
    const free = await bound
    await new Promise<void>((resolve) => (free ? socket.close(() => resolve()) : resolve()))
    if (free) return port
  }
}

export type Child = { readonly process: ChildProcess; readonly stderr: () => string; stop(): Promise<void> }

export function run(program: string, args: readonly string[], input?: string): Child {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input ?? '')
  const gone = once(child, 'exit')
  return {
    process: child,
    stderr: () => stderr,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await gone
      }
    },
  }
}

/** What the bridge's relay does: a test picture and tone as RTP to a room's relay targets. */
export function sendTestMedia({ video, audio }: RelayTargets, size = '640x360'): Child {
  const out = ({ ip, rtpPort, rtcpPort, payloadType, ssrc }: RelayTarget) => ['-payload_type', `${payloadType}`, '-ssrc', `${ssrc}`, '-f', 'rtp', `rtp://${ip}:${rtpPort}?rtcpport=${rtcpPort}&pkt_size=1200`]
  return run('ffmpeg', [
    '-v', 'error', '-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=30`, '-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000',
    ...(video === null ? [] : ['-map', '0:v', '-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '30', '-b:v', '600k', ...out(video)]),
    ...(audio === null ? [] : ['-map', '1:a', '-c:a', 'libopus', '-ac', '2', '-b:a', '64k', ...out(audio)]),
  ])
}

/** Waits until `probe` gives something; the last resort where there is no event. */
export async function until<T>(probe: () => Promise<T | undefined | false> | T | undefined | false, { ms = 15_000, what = 'it' } = {}): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`${what} did not come about in ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
