// Browsers' transports on a worker's WebRTC port: made, described and watched the same way for publishers and viewers.
import type { Router, WebRtcTransport } from 'mediasoup/types'
import type { TransportDto } from '../contract/media.ts'
import type { PooledWorker } from './PooledWorker.ts'
import { watchSilence } from './watchSilence.ts'

/** A client that has not connected by then never will. */
const CONNECT_TIMEOUT_MS = 30_000
/** A client that lost its path may restart ICE within this time. */
const DISCONNECTED_TIMEOUT_MS = 10_000
/** Seconds without a STUN consent check (RFC 7675 expects one every 5 s) until the path counts as lost. */
const CONSENT_TIMEOUT_S = 15
/** Where bandwidth estimation starts: high enough that a simulcast viewer gets the top layer soon. */
const INITIAL_OUTGOING_BITRATE = 2_500_000

type Options = {
  readonly router: Router
  readonly worker: PooledWorker
  /** A browser's page always checks consent; WHIP and WHEP clients may not, and are watched for silence instead. */
  readonly sdpClient: boolean
}

export function openWebRtcTransport({ router, worker, sdpClient }: Options): Promise<WebRtcTransport> {
  return router.createWebRtcTransport({
    webRtcServer: worker.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    iceConsentTimeout: sdpClient ? 0 : CONSENT_TIMEOUT_S,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
  })
}

/** What a client needs to connect. Sockets that announce the same address are told of once. */
export function describeTransport({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport): TransportDto {
  const seen = new Set<string>()
  const distinct = iceCandidates.filter(({ protocol, address, port }) => {
    const key = `${protocol} ${address} ${port}`
    return !seen.has(key) && seen.add(key)
  })
  return { id, iceParameters, iceCandidates: distinct, dtlsParameters }
}

type WatchOptions = { readonly transport: WebRtcTransport; readonly sdpClient: boolean; readonly onFailed: (o: { wasConnected: boolean }) => void }

/** Calls `onFailed` once when the client never connects, loses its path for too long, or fails DTLS. */
export function watchTransport({ transport, sdpClient, onFailed }: WatchOptions): void {
  let wasConnected = false
  let timer: NodeJS.Timeout | undefined = setTimeout(fail, CONNECT_TIMEOUT_MS)
  function wait(ms: number | undefined): void {
    clearTimeout(timer)
    timer = ms === undefined ? undefined : setTimeout(fail, ms)
  }
  function fail(): void {
    wait(undefined)
    if (!transport.closed) onFailed({ wasConnected })
  }
  function settle(): void {
    if (transport.dtlsState !== 'connected' || (transport.iceState !== 'connected' && transport.iceState !== 'completed')) return
    wasConnected = true
    wait(undefined)
  }
  transport.on('icestatechange', (state) => {
    if (state === 'closed') fail()
    else if (state === 'disconnected') wait(DISCONNECTED_TIMEOUT_MS)
    else settle()
  })
  transport.on('dtlsstatechange', (state) => {
    if (state === 'failed' || state === 'closed') fail()
    else settle()
  })
  transport.observer.once('close', () => wait(undefined))
  if (sdpClient) watchSilence(transport, fail)
}
