// Every address of a channel, as seen from where the question came.
import type { Request } from 'express'

export type ChannelUrlSet = {
  readonly rtmpUrl: string
  readonly whipUrl: string
  readonly whepUrl: string
  readonly hlsUrl: string
  readonly flvUrl: string
  readonly watchUrl: string
}

export class ChannelUrls {
  readonly #publicUrl: string
  readonly #rtmpHost: string
  readonly #rtmpPort: number
  readonly #httpPort: number

  constructor({ publicUrl, rtmpHost, rtmpPort, httpPort }: { publicUrl: string; rtmpHost: string; rtmpPort: number; httpPort: number }) {
    this.#publicUrl = publicUrl
    this.#rtmpHost = rtmpHost
    this.#rtmpPort = rtmpPort
    this.#httpPort = httpPort
  }

  /** @param request whose host is used where no public URL is set; without one, this machine's */
  of(channel: string, request?: Pick<Request, 'protocol' | 'host'>): ChannelUrlSet {
    const base = (this.#publicUrl || (request ? `${request.protocol}://${request.host}` : `http://localhost:${this.#httpPort}`)).replace(/\/$/, '')
    const rtmpHost = this.#rtmpHost || new URL(base).hostname
    return {
      rtmpUrl: `rtmp://${rtmpHost}:${this.#rtmpPort}/live`,
      whipUrl: `${base}/whip/${channel}`,
      whepUrl: `${base}/whep/${channel}`,
      hlsUrl: `${base}/hls/${channel}/index.m3u8`,
      flvUrl: `${base}/flv/${channel}.flv`,
      watchUrl: `${base}/c/${channel}`,
    }
  }
}
