// WHIP (RFC 9725): going live from OBS, GStreamer, a browser or any WebRTC encoder by one HTTP request.
import type { Router } from 'express'
import type { Logger } from '../../core/logger.ts'
import { whipTracks } from '../../media/sdp/whipParameters.ts'
import { bearerToken } from './bearer.ts'
import type { LiveDoor } from './liveDoor.ts'
import { openWhipSession } from './openWhipSession.ts'
import { readOffer } from './readOffer.ts'
import { sdpEndpoint } from './sdpEndpoint.ts'

export type WhipRoutesOptions = { readonly live: LiveDoor; readonly log: Logger }

/** Serves `/whip/:channel` and `/whip/:channel/:sessionId`; mount it at the root, before any body parser. */
export function whipRoutes({ live, log }: WhipRoutesOptions): Router {
  return sdpEndpoint({
    path: '/whip',
    log,
    admit: (req) => void bearerToken(req),
    open: async (req, channel) => {
      const streamKey = bearerToken(req)
      const offer = readOffer(req)
      // Looked at first: an offer that cannot be used must not end a running broadcast.
      const tracks = whipTracks(offer)
      const publish = await live.publishByKey({ channel, streamKey, source: 'whip', remoteAddress: req.ip ?? '' })
      return openWhipSession({ publish, offer, tracks, streamKey, log: log.child({ channel, publish: publish.id }) })
    },
  })
}
