// Connects a WHIP client's media to its broadcast, from the accepted offer to the last packet.
import type { Logger } from '../../core/logger.ts'
import { asAppError } from '../../media/mediaErrors.ts'
import type { PublishTransport } from '../../media/PublishTransport.ts'
import type { SdpOffer } from '../../media/sdp/SdpOffer.ts'
import type { WhipTrack } from '../../media/sdp/whipParameters.ts'
import { writeAnswer } from '../../media/sdp/writeAnswer.ts'
import { hashToken } from './bearer.ts'
import type { Publish } from './liveDoor.ts'
import type { SdpSession } from './SdpSession.ts'

type Options = { readonly publish: Publish; readonly offer: SdpOffer; readonly tracks: readonly WhipTrack[]; readonly streamKey: string; readonly log: Logger }

/** @throws AppError; the publish is then ended */
export async function openWhipSession(o: Options): Promise<SdpSession> {
  const { publish, offer, tracks, log } = o
  let transport: PublishTransport | undefined
  let superseded = false
  publish.onClosed(() => (superseded = true))
  try {
    transport = await publish.room.createPublishTransport({ sdpClient: true, wanted: () => !superseded })
    await transport.connect(offer.dtlsParameters)
    for (const { kind, rtpParameters } of tracks) await transport.produce({ kind, rtpParameters })
  } catch (error) {
    transport?.close()
    await publish.end({ finished: false, reason: 'the WHIP offer could not be used' })
    throw asAppError(error)
  }
  return runSession({ ...o, transport, log })
}

function runSession({ publish, offer, tracks, streamKey, log, transport }: Options & { transport: PublishTransport }): SdpSession {
  const listeners: (() => void)[] = []
  let iceUsernameFragment = offer.ice.usernameFragment
  let closed = false

  async function shut(how: { finished: boolean; reason: string }): Promise<void> {
    if (closed) return
    closed = true
    transport.close()
    for (const listener of listeners) listener()
    await publish.end(how)
  }
  const shutOrLog = (how: { finished: boolean; reason: string }) => void shut(how).catch((error: unknown) => log.error({ err: error }, 'a WHIP session did not end cleanly'))
  // The platform ended it: `end` then only confirms.
  publish.onClosed((reason) => shutOrLog({ finished: false, reason }))
  transport.onClosed((reason) => shutOrLog({ finished: false, reason }))

  void announce({ publish, transport, tracks }).catch((error: unknown) => {
    log.error({ err: error }, 'a WHIP broadcast could not go live')
    shutOrLog({ finished: false, reason: 'the broadcast could not go live' })
  })

  return {
    answer: writeAnswer({ offer, transport: transport.dto, answered: tracks.map((track) => ({ ...track, withRtx: true })) }),
    get iceUsernameFragment() {
      return iceUsernameFragment
    },
    tokenHash: hashToken(streamKey),
    async restartIce(clientUsernameFragment) {
      const iceParameters = await transport.restartIce()
      iceUsernameFragment = clientUsernameFragment
      return { iceParameters, iceCandidates: transport.dto.iceCandidates }
    },
    end: () => shut({ finished: true, reason: 'the host ended it' }),
    onClosed: (listener) => void (closed ? listener() : listeners.push(listener)),
  }
}

/** Tells the platform that media flows, with the picture's size read from the stream itself, since WHIP does not name it. */
async function announce({ publish, transport, tracks }: { publish: Publish; transport: PublishTransport; tracks: readonly WhipTrack[] }): Promise<void> {
  if (!(await transport.flowing())) return
  const { width, height } = await publish.room.measurePicture()
  if (publish.room.closed) return
  const video = tracks.find(({ kind }) => kind === 'video')
  const layers = video === undefined ? 0 : Math.max(1, video.section.sendRids.length)
  await publish.mediaStarted({ width, height, layers, hasAudio: tracks.some(({ kind }) => kind === 'audio') })
}
