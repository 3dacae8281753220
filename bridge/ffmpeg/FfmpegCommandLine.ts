// The shape every argument builder returns, so that command lines are plain data that tests can read.

/** One ffmpeg run as data; nothing in it is ever seen by a shell. */
export type FfmpegCommandLine = {
  readonly inputs: readonly { readonly options: readonly string[]; readonly source: string }[]
  readonly outputs: readonly { readonly options: readonly string[]; readonly target: string }[]
}
