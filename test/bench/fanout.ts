// `npm run bench:fanout`: N WebRTC viewers on one broadcast; what each packet costs, what is lost, and how long joining takes.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { launchViewer, openPage } from '../support/browsers.ts'
import { startPush } from '../support/pushMedia.ts'
import type { TestPlatform } from '../support/startPlatform.ts'
import { withBenchPlatform } from './benchPlatform.ts'
import { percentile, report } from './report.ts'

const VIEWERS = Math.min(500, Number(process.env['BENCH_VIEWERS'] ?? 100))
const SECONDS = Math.min(120, Number(process.env['BENCH_SECONDS'] ?? 15))
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

await withBenchPlatform(async (platform) => {
  const channel = await platform.createChannel('bench-crowd')
  const push = startPush({ url: `${channel.rtmpUrl}/${channel.streamKey}`, gopSeconds: 1, videoBitrate: '600k', maxSeconds: 300 })
  const browser = await launchViewer()
  try {
    await platform.waitForState(channel.channel, 'live')
    const page = await openPage(browser, `${platform.url}/healthz`)
    const joins = await page.evaluate(joinCrowd, { channel: channel.channel, viewers: VIEWERS })
    const before = await cost(platform, page)
    await page.waitForTimeout(SECONDS * 1000)
    const after = await cost(platform, page)
    const packets = after.packets - before.packets
    const perPacket = (seconds: number) => ((seconds / packets) * 1e6).toFixed(2)
    report('fanout', [
      {
        viewers: joins.length,
        seconds: SECONDS,
        'packets/s': Math.round(packets / SECONDS),
        lost: after.lost - before.lost,
        'lost while joining': before.lost,
        'worker CPU %': Math.round(((after.workers - before.workers) / SECONDS) * 100),
        'worker us/packet': perPacket(after.workers - before.workers),
        'server CPU %': Math.round(((after.server - before.server) / SECONDS) * 100),
        'server us/packet': perPacket(after.server - before.server),
        'join p50 ms': Math.round(percentile(joins, 0.5)),
        'join p95 ms': Math.round(percentile(joins, 0.95)),
      },
    ])
  } finally {
    await browser.close()
    await push.kill()
  }
})

type Cost = { readonly packets: number; readonly lost: number; readonly workers: number; readonly server: number }

async function cost(platform: TestPlatform, page: Page): Promise<Cost> {
  const server = await platform.pidOf('server')
  const workers = execFileSync('pgrep', ['-P', String(server), '-f', 'mediasoup-worker'], { encoding: 'utf8' }).trim().split('\n').map(Number)
  const received = await page.evaluate(countPackets)
  return { ...received, server: cpuSeconds(server), workers: workers.reduce((sum, pid) => sum + cpuSeconds(pid), 0) }
}

/** proc(5): fields 14 and 15 after the command's closing bracket are user and system time in ticks. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** In the page: WHEP players that take the packets in whole but decode nothing, so that 100 fit on one machine. @returns join times in ms */
async function joinCrowd({ channel, viewers }: { channel: string; viewers: number }): Promise<number[]> {
  const crowd: RTCPeerConnection[] = []
  ;(window as unknown as { crowd: RTCPeerConnection[] }).crowd = crowd
  const joins: number[] = []
  for (let index = 0; index < viewers; index += 1) {
    const started = performance.now()
    const connection = new RTCPeerConnection({ encodedInsertableStreams: true } as RTCConfiguration)
    crowd.push(connection)
    const firstFrame = new Promise<void>((resolve) => {
      for (const kind of ['video', 'audio'] as const) {
        const { receiver } = connection.addTransceiver(kind, { direction: 'recvonly' })
        const { readable } = (receiver as unknown as { createEncodedStreams(): { readable: ReadableStream } }).createEncodedStreams()
        void readable.pipeTo(new WritableStream({ write: () => (kind === 'video' ? resolve() : undefined) }))
      }
    })
    await connection.setLocalDescription()
    const response = await fetch(`/whep/${channel}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: connection.localDescription?.sdp ?? '' })
    if (response.status !== 201) throw new Error(`viewer ${index}: ${response.status} ${await response.text()}`)
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() })
    await firstFrame
    joins.push(performance.now() - started)
  }
  return joins
}

async function countPackets(): Promise<{ packets: number; lost: number }> {
  const { crowd } = window as unknown as { crowd: RTCPeerConnection[] }
  let packets = 0
  let lost = 0
  for (const connection of crowd) {
    for (const entry of (await connection.getStats()).values() as Iterable<{ type: string; packetsReceived?: number; packetsLost?: number }>) {
      if (entry.type !== 'inbound-rtp') continue
      packets += entry.packetsReceived ?? 0
      lost += Math.max(0, entry.packetsLost ?? 0)
    }
  }
  return { packets, lost }
}
