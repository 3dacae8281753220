// A channel's live picture over HLS, with the ticket it is fetched by.
import type { RequestFailed } from '../client/RequestFailed.ts'
import { HlsPlayer } from './HlsPlayer.ts'
import type { Quality } from './LiveSnapshot.ts'
import { PlaybackTicket } from './PlaybackTicket.ts'

type Options = {
  readonly channel: string
  readonly video: HTMLVideoElement
  /** No ticket is given, or none any more. */
  readonly onRefused: (failure: RequestFailed) => void
  readonly onQualities: (qualities: readonly Quality[]) => void
  readonly onReady: () => void
  readonly onTrouble: () => void
}

/** The caller starts it and closes it. */
export function openLiveHls({ channel, video, onRefused, onQualities, onReady, onTrouble }: Options): HlsPlayer {
  video.srcObject = null
  return new HlsPlayer({
    url: `/hls/${encodeURIComponent(channel)}/index.m3u8`,
    video,
    live: true,
    ticket: new PlaybackTicket({ channel, onRefused }),
    onLevels: (levels) => onQualities(levels.map(({ index, height }) => ({ level: index, height }))),
    onReady,
    onTrouble,
  })
}
