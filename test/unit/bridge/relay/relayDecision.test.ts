import { expect, test } from 'vitest'
import { FlvHub } from '../../../../bridge/hub/FlvHub.ts'
import { decideRelay } from '../../../../bridge/relay/relayDecision.ts'
import { ReorderWatch } from '../../../../bridge/relay/ReorderWatch.ts'
import { classifyTag } from '../../../../bridge/hub/HubTag.ts'

const AAC = Buffer.from([0xaf, 0, 0x11, 0x90])
const hevc = (packetType: number) => Buffer.concat([Buffer.from([0x90 | packetType]), Buffer.from('hvc1'), Buffer.from([1, 2, 3, 4, 5])])
const video = (timestamp: number, composition: number) => ({ type: 'video' as const, timestamp, data: Buffer.from([timestamp === 0 ? 0x17 : 0x27, 1, 0, 0, composition, 1]) })

function hubWith(...bodies: ['audio' | 'video', Buffer][]): FlvHub {
  const hub = new FlvHub()
  for (const [type, data] of bodies) hub.publish({ type, timestamp: 0, data })
  return hub
}
const decide = (hub: FlvHub, elapsedMs: number, announced?: { video: boolean; audio: boolean }) => decideRelay({ config: hub.config, cached: hub.cached, announced, elapsedMs, reordered: false })

test('nothing is decided before a track can be decoded', () => {
  expect(decide(hubWith(), 5_000)).toBeUndefined()
})

test('HEVC is named as the reason to transcode; both tracks start at once', () => {
  expect(decide(hubWith(['video', hevc(0)], ['video', hevc(3)], ['audio', AAC]), 0)).toEqual({ video: { transcodeReason: 'hevc' }, audio: true })
})

test('an announced track is waited for, one that is announced missing is not', () => {
  const sound = hubWith(['audio', AAC])
  expect(decide(sound, 0)).toBeUndefined()
  expect(decide(sound, 400)).toEqual({ video: null, audio: true })
  expect(decide(sound, 400, { video: true, audio: true })).toBeUndefined()
  expect(decide(sound, 0, { video: false, audio: true })).toEqual({ video: null, audio: true })
})

test('frames out of presentation order are noticed, a constant offset is not', () => {
  const sees = (tags: ReturnType<typeof video>[]) => {
    const watch = new ReorderWatch()
    return tags.some((tag) => {
      const sorted = classifyTag(tag)
      return sorted !== undefined && watch.sees(sorted)
    })
  }
  expect(sees([video(0, 80), video(40, 80), video(80, 80)])).toBe(false)
  expect(sees([video(0, 40), video(40, 120), video(80, 0)])).toBe(true)
})
