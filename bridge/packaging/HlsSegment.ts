// One finished piece of a broadcast's HLS: what playlists, recordings and windows are made of.

export type HlsSegment = {
  /** Folder of its run, such as `run-1`. */
  readonly run: string
  readonly file: string
  /** Seconds. */
  readonly duration: number
  /** ISO 8601, when its first frame came in. */
  readonly programDateTime: string
  /** It does not continue the one before: another run. */
  readonly discontinuity: boolean
}
