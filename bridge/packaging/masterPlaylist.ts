// The playlist a player opens first: one variant with its codecs, size and rate.
import type { InitSegment } from './initSegment.ts'

export type MasterFacts = InitSegment & {
  /** Bits a second: the largest segment's, and the mean. */
  readonly peak: number
  readonly average: number
  /** 0 when unknown. */
  readonly frameRate: number
}

export function composeMaster({ codecs, width, height, peak, average, frameRate }: MasterFacts, media: string): string {
  const attributes = [`BANDWIDTH=${Math.max(1, Math.ceil(peak))}`, `AVERAGE-BANDWIDTH=${Math.max(1, Math.ceil(average))}`]
  if (codecs.length > 0) attributes.push(`CODECS="${codecs.join(',')}"`)
  if (width > 0 && height > 0) attributes.push(`RESOLUTION=${width}x${height}`)
  if (width > 0 && frameRate > 0) attributes.push(`FRAME-RATE=${frameRate.toFixed(3)}`)
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', `#EXT-X-STREAM-INF:${attributes.join(',')}`, media, ''].join('\n')
}
