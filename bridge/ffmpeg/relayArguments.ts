// RTMP to WebRTC: tags on standard input, RTP to the SFU.
import type { RelayTarget } from '../../server/contract/bridgeApi.ts'
import type { ContainerFormat } from '../hub/ContainerFormat.ts'
import { h264Options } from './encodeOptions.ts'
import type { FfmpegCommandLine } from './FfmpegCommandLine.ts'

export type RelayPlan = {
  readonly demuxer: ContainerFormat['demuxer']
  readonly video: { readonly target: RelayTarget; readonly transcode: boolean; readonly height: number } | null
  readonly audio: { readonly target: RelayTarget } | null
  /** One clock for the RTCP sender reports of both streams, microseconds since 1970. */
  readonly startTimeUs: number
}

/** Reading as little as possible before the first packet leaves. `nobuffer` is not among them: it throws away what was read to analyse, the first keyframe. Where a picture's format is told by its frames alone, the decoder learns it from the first one. */
export const NO_ANALYSIS = ['-probesize', '32', '-analyzeduration', '0']
/** A decoder with frame threads holds back a frame a thread. */
const SLICE_THREADS = ['-thread_type', 'slice']

/** The command line of a relay; needs at least one of video and audio. */
export function relayArguments({ demuxer, video, audio, startTimeUs }: RelayPlan): FfmpegCommandLine {
  const outputs: { options: string[]; target: string }[] = []
  if (video) {
    // Repeats SPS and PPS before every keyframe, which `dump_extra` does not do in a form browsers decode.
    const codec = video.transcode ? h264Options({ height: video.height, profile: 'baseline' }) : ['-c:v', 'copy', '-bsf:v', 'h264_mp4toannexb']
    outputs.push({ options: ['-map', '0:v:0', '-an', ...codec, ...rtp(video.target, startTimeUs)], target: rtpUrl(video.target) })
  }
  if (audio) {
    const codec = ['-c:a', 'libopus', '-b:a', '128k', '-application', 'audio', '-frame_duration', '20', '-ar', '48000', '-ac', '2']
    outputs.push({ options: ['-map', '0:a:0', '-vn', ...codec, ...rtp(audio.target, startTimeUs)], target: rtpUrl(audio.target) })
  }
  return { inputs: [{ options: ['-protocol_whitelist', 'pipe,rtp,udp', ...SLICE_THREADS, ...NO_ANALYSIS, '-f', demuxer], source: 'pipe:0' }], outputs }
}

function rtp({ payloadType, ssrc }: RelayTarget, startTimeUs: number): string[] {
  // ffmpeg takes the SSRC as a signed 32-bit number.
  return ['-flush_packets', '1', '-muxdelay', '0', '-start_time_realtime', String(startTimeUs), '-payload_type', String(payloadType), '-ssrc', String(ssrc | 0), '-f', 'rtp']
}

function rtpUrl({ ip, rtpPort, rtcpPort }: RelayTarget): string {
  const host = ip.includes(':') ? `[${ip}]` : ip
  return `rtp://${host}:${rtpPort}?rtcpport=${rtcpPort}&pkt_size=1200`
}
