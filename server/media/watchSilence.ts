// Notices that a client is gone when it need not check consent: GStreamer 1.22, for one, keeps its path alive by STUN indications alone.
import type { WebRtcTransport } from 'mediasoup/types'

/** Players report by RTCP every 5 s and less (RFC 3550 section 6.2), encoders send media. */
const SILENCE_LIMIT_MS = 20_000
const CHECK_MS = 5_000

type Received = Pick<WebRtcTransport, 'closed' | 'getStats'> & { readonly observer: Pick<WebRtcTransport['observer'], 'once'> }

/** Calls `onSilent` once when nothing whatever (media, RTCP, STUN) has come for 20 s on a transport that once had something. */
export function watchSilence(transport: Received, onSilent: () => void): void {
  let received = 0
  let heardAt = performance.now()
  const timer = setInterval(() => void check(), CHECK_MS)
  transport.observer.once('close', () => clearInterval(timer))

  async function check(): Promise<void> {
    // A worker that is gone or busy says nothing about the client; its end closes the transport.
    const [stats] = await transport.getStats().catch(() => [])
    if (stats === undefined || transport.closed || stats.bytesReceived === 0) return
    if (stats.bytesReceived !== received) heardAt = performance.now()
    received = stats.bytesReceived
    if (performance.now() - heardAt < SILENCE_LIMIT_MS) return
    clearInterval(timer)
    onSilent()
  }
}
