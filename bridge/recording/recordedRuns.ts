// The runs that a recording's segments belong to: each has its own init segment.
import type { HlsSegment } from '../packaging/HlsSegment.ts'

export type RecordedRun = { readonly name: string; readonly segments: readonly HlsSegment[]; readonly seconds: number }

/** In order of their first segment. */
export function recordedRuns(segments: readonly HlsSegment[]): RecordedRun[] {
  return [...new Set(segments.map(({ run }) => run))].map((name) => {
    const own = segments.filter(({ run }) => run === name)
    return { name, segments: own, seconds: secondsOf(own) }
  })
}

/** The run whose picture size stands for the recording. @throws TypeError when there is none */
export function longestRun<R extends { readonly seconds: number }>(runs: readonly R[]): R {
  return runs.reduce((a, b) => (b.seconds > a.seconds ? b : a))
}

export function secondsOf(segments: readonly HlsSegment[]): number {
  return segments.reduce((sum, { duration }) => sum + duration, 0)
}
