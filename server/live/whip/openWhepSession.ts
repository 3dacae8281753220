// Seats a WHEP player in a room, from the accepted offer to its goodbye.
import type { Logger } from '../../core/logger.ts'
import { planWhep } from '../../media/sdp/whepParameters.ts'
import type { WhepTrack } from '../../media/sdp/whepParameters.ts'
import type { SdpOffer } from '../../media/sdp/SdpOffer.ts'
import type { AnsweredSection } from '../../media/sdp/writeAnswer.ts'
import { writeAnswer } from '../../media/sdp/writeAnswer.ts'
import type { Viewer } from '../../media/Viewer.ts'
import type { Watch } from './liveDoor.ts'
import type { SdpSession } from './SdpSession.ts'

type Options = { readonly watch: Watch; readonly offer: SdpOffer; readonly log: Logger }

/** @throws AppError; the seat is then free again */
export async function openWhepSession({ watch, offer, log }: Options): Promise<SdpSession> {
  const listeners: (() => void)[] = []
  let viewer: Viewer | undefined
  let closed = false

  function shut(reason: string): void {
    if (closed) return
    closed = true
    log.debug({ reason }, 'a WHEP session ended')
    viewer?.close()
    watch.release()
    for (const listener of listeners) listener()
  }
  watch.onClosed(shut)

  try {
    const { tracks, payloadTypes, rtpCapabilities } = planWhep(offer, watch.room.sources)
    viewer = await watch.room.addViewer({
      rtpCapabilities,
      payloadTypes,
      on: {
        // WHEP cannot add a stream to a session: the player is let go and comes again for the new one.
        consumerAdded: () => shut('media-restarted'),
        consumerClosed: () => undefined,
        layersChanged: () => undefined,
        closed: shut,
      },
    })
    if (closed) viewer.close()
    await viewer.connect(offer.dtlsParameters)
    // They flow, from a keyframe, when ICE and DTLS are up.
    await viewer.resume(viewer.consumers.map(({ id }) => id))
    const seated = viewer
    let iceUsernameFragment = offer.ice.usernameFragment
    return {
      answer: writeAnswer({ offer, transport: seated.transportDto, answered: tracks.flatMap((track) => answerTrack(track, seated) ?? []) }),
      get iceUsernameFragment() {
        return iceUsernameFragment
      },
      tokenHash: undefined,
      async restartIce(clientUsernameFragment) {
        const iceParameters = await seated.restartIce()
        iceUsernameFragment = clientUsernameFragment
        return { iceParameters, iceCandidates: seated.transportDto.iceCandidates }
      },
      end: async () => shut('the player left'),
      onClosed: (listener) => void (closed ? listener() : listeners.push(listener)),
    }
  } catch (error) {
    shut('it could not be opened')
    throw error
  }
}

function answerTrack(track: WhepTrack, viewer: Viewer): AnsweredSection | undefined {
  const consumer = viewer.consumers.find(({ kind }) => kind === track.kind)
  const ssrc = consumer?.rtpParameters.encodings?.[0]?.['ssrc']
  if (typeof ssrc !== 'number') return undefined
  const cname = String(consumer?.rtpParameters.rtcp?.['cname'] ?? 'footlight')
  return { ...track, withRtx: false, sends: { ssrc, cname, stream: 'footlight' } }
}
