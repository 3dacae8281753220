// WHEP (draft-ietf-wish-whep): watching from any WebRTC player by one HTTP request.
import type { Request, Router } from 'express'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import { Refusal } from './answerRefusal.ts'
import type { LiveDoor, Watch, WhepAdmission } from './liveDoor.ts'
import { openWhepSession } from './openWhepSession.ts'
import { readOffer } from './readOffer.ts'
import { sdpEndpoint } from './sdpEndpoint.ts'

export type WhepRoutesOptions = {
  readonly live: LiveDoor
  /** @throws AppError channel-not-found, playback-token-wrong, kept-out, ticket-needed */
  readonly admit: (request: Request, channel: string) => Promise<WhepAdmission>
  readonly log: Logger
}

/** Serves `/whep/:channel` and `/whep/:channel/:sessionId`; mount it at the root, before any body parser. */
export function whepRoutes({ live, admit, log }: WhepRoutesOptions): Router {
  return sdpEndpoint({
    path: '/whep',
    log,
    admit: () => undefined,
    open: async (req, channel) => {
      const offer = readOffer(req)
      const admission = await admit(req, channel)
      const watch = whileAdmitted(await enter(live, channel, admission), admission)
      await admission.again(watch.broadcastId).catch((error: unknown) => {
        watch.release()
        throw error
      })
      return openWhepSession({ watch, offer, log: log.child({ channel }) })
    },
  })
}

/**
 * draft-ietf-wish-whep section 4.2: without a live publication the answer is 409 with Retry-After. So it is where another server
 * carries the broadcast: asked again, a router may choose the right one.
 */
async function enter(live: LiveDoor, channel: string, { who }: WhepAdmission): Promise<Watch> {
  try {
    const watch = await live.watch({ channel, mode: 'whep', who })
    const { video, audio } = watch.room.sources
    if (video !== undefined || audio !== undefined) return watch
    watch.release()
    throw new AppError('channel-offline')
  } catch (error) {
    if (error instanceof AppError && error.code === 'channel-offline') throw new Refusal(409, error)
    throw error
  }
}

/** The watch ends, too, when its player is kept out or has nothing paid any more. */
function whileAdmitted(watch: Watch, { enter: enterAudience }: WhepAdmission): Watch {
  let tell: Parameters<Watch['onClosed']>[0] = () => undefined
  let isOut = false
  const leave = enterAudience(() => {
    isOut = true
    tell('stopped')
  })
  return {
    ...watch,
    onClosed: (listener) => {
      tell = listener
      watch.onClosed(listener)
      if (isOut) listener('stopped')
    },
    release: () => {
      leave()
      watch.release()
    },
  }
}
