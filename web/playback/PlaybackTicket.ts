// A viewer's ticket to a channel's HLS: asked for once, renewed before its time is over, and put on every address that is loaded.
import type { PlaybackView } from '../../server/contract/http.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { requestJson } from '../client/requestJson.ts'

/** Renewed when less than this is left. */
const RENEW_MS = 120_000
const RETRY_MS = 5_000
/** The longest wait a browser's timers keep. */
const MAX_WAIT_MS = 2_000_000_000

type Options = {
  readonly channel: string
  /** The server refuses this viewer. */
  readonly onRefused: (failure: RequestFailed) => void
  readonly ask?: (channel: string) => Promise<Pick<PlaybackView, 'token' | 'expiresAt'>>
}

const askServer = (channel: string) => requestJson<PlaybackView>(`/api/channels/${encodeURIComponent(channel)}/playback`, { method: 'POST' })

export class PlaybackTicket {
  readonly #options: Options
  #token: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Asks for the first token. Without one (the server is away) plain addresses are tried; `onRefused` is told when there is none to be had. */
  async open(): Promise<void> {
    const { channel, ask = askServer, onRefused } = this.#options
    try {
      const { token, expiresAt } = await ask(channel)
      if (this.#closed) return
      this.#token = token
      this.#again(Date.parse(expiresAt) - Date.now() - RENEW_MS)
    } catch (thrown) {
      if (this.#closed) return
      const failure = RequestFailed.from(thrown)
      if (failure.code === 'kept-out') onRefused(failure)
      else this.#again(RETRY_MS)
    }
  }

  /** The address with the newest token, in the place of an older one. */
  on(url: string): string {
    if (this.#token === null) return url
    const bare = url.replace(/([?&])token=[^&]*(&|$)/, (_, before: string, after: string) => (after === '&' ? before : '')).replace(/[?&]$/, '')
    return `${bare}${bare.includes('?') ? '&' : '?'}token=${encodeURIComponent(this.#token)}`
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #again(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.open(), Math.min(Math.max(RETRY_MS, ms), MAX_WAIT_MS))
  }
}
