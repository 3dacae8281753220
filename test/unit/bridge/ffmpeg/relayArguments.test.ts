import { expect, test } from 'vitest'
import { packagerArguments } from '../../../../bridge/ffmpeg/packagerArguments.ts'
import { relayArguments } from '../../../../bridge/ffmpeg/relayArguments.ts'

const target = { ip: '127.0.0.1', rtpPort: 5004, rtcpPort: 5005, payloadType: 102, ssrc: 0xf0000001 }
const after = (options: readonly string[], name: string) => options[options.indexOf(name) + 1]

test('H.264 is copied with its parameter sets repeated, and sent in packets of at most 1200 bytes', () => {
  const { inputs, outputs } = relayArguments({ demuxer: 'flv', video: { target, transcode: false, height: 360 }, audio: null, startTimeUs: 7 })
  expect(after(outputs[0]?.options ?? [], '-c:v')).toBe('copy')
  expect(after(outputs[0]?.options ?? [], '-bsf:v')).toBe('h264_mp4toannexb')
  expect(outputs[0]?.target).toBe('rtp://127.0.0.1:5004?rtcpport=5005&pkt_size=1200')
  expect(after(outputs[0]?.options ?? [], '-ssrc')).toBe('-268435455')
  expect(inputs[0]?.options).toContain('-protocol_whitelist')
  expect(inputs[0]?.source).toBe('pipe:0')
})

test('what browsers refuse is encoded without B-frames and without delay', () => {
  const { outputs } = relayArguments({ demuxer: 'matroska', video: { target, transcode: true, height: 720 }, audio: null, startTimeUs: 7 })
  const options = outputs[0]?.options ?? []
  expect([after(options, '-c:v'), after(options, '-tune'), after(options, '-bf'), after(options, '-profile:v')]).toEqual(['libx264', 'zerolatency', '0', 'baseline'])
})

test('sound alone gives one output: Opus at 96 kbit/s or more, both streams on one clock', () => {
  const { outputs } = relayArguments({ demuxer: 'flv', video: null, audio: { target: { ...target, ip: '::1' } }, startTimeUs: 7 })
  expect(outputs).toHaveLength(1)
  expect(Number.parseInt(after(outputs[0]?.options ?? [], '-b:a') ?? '', 10)).toBeGreaterThanOrEqual(96)
  expect(after(outputs[0]?.options ?? [], '-start_time_realtime')).toBe('7')
  expect(outputs[0]?.target).toMatch(/^rtp:\/\/\[::1\]:5004/)
})

test('the packager copies H.264 and AAC into fragmented MP4 of one run', () => {
  const { outputs } = packagerArguments({ demuxer: 'flv', video: { transcode: false, height: 360 }, audio: { transcode: false }, folder: '/media/run-1', segmentSeconds: 2 })
  const options = outputs[0]?.options ?? []
  expect([after(options, '-c:v'), after(options, '-c:a'), after(options, '-hls_segment_type'), after(options, '-hls_time')]).toEqual(['copy', 'copy', 'fmp4', '1.9'])
  expect(outputs[0]?.target).toBe('/media/run-1/index.m3u8')
})
