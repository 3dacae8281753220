// What the page around an embedded player asked for in its address.

export type EmbedOptions = {
  /** Begins by itself; otherwise after a press. */
  readonly autoplay: boolean
  /** Without sound at first, as browsers want it of players that begin by themselves. */
  readonly muted: boolean
  readonly controls: boolean
  /** A kept broadcast instead of the live picture. */
  readonly replay: string | null
  /** Where the replay begins, in seconds. */
  readonly startAt: number
}

export function readEmbedOptions(params: URLSearchParams): EmbedOptions {
  const flag = (name: string, fallback: boolean) => {
    const value = params.get(name)
    return value === null ? fallback : value !== '0' && value !== 'false'
  }
  const autoplay = flag('autoplay', true)
  const replay = params.get('replay')
  const startAt = Number(params.get('t') ?? 0)
  return { autoplay, muted: flag('muted', autoplay), controls: flag('controls', true), replay: replay !== null && /^[\w-]{8,40}$/.test(replay) ? replay : null, startAt: Number.isFinite(startAt) && startAt > 0 ? startAt : 0 }
}
