// The HTTP side that WHIP and WHEP share: one POST opens a session, its URL changes and ends it, any page may call.
import { randomBytes } from 'node:crypto'
import express, { Router } from 'express'
import type { NextFunction, Request, Response } from 'express'
import { nameSchema } from '../../contract/ids.ts'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import { answerRefusal } from './answerRefusal.ts'
import { requireToken } from './bearer.ts'
import { FRAGMENT_TYPE, patchSession } from './patchSession.ts'
import { checkHeaders, SDP_MAX_BYTES } from './readOffer.ts'
import type { SdpSession } from './SdpSession.ts'

type Options = {
  /** `/whip` or `/whep`. */
  readonly path: string
  readonly log: Logger
  /** Refuses a POST by its headers, before its body is read. @throws AppError */
  readonly admit: (req: Request) => void
  readonly open: (req: Request, channel: string) => Promise<SdpSession>
}

type Held = { readonly session: SdpSession; readonly channel: string; etag: string }

export function sdpEndpoint({ path, log, admit, open }: Options): Router {
  const sessions = new Map<string, Held>()
  const router = Router()
  const body = express.text({ type: () => true, limit: SDP_MAX_BYTES })

  router.use(path, (_req, res, next) => {
    res.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'Location, ETag, Link, Accept-Post, Accept-Patch, Retry-After, WWW-Authenticate',
      'Cache-Control': 'no-store',
    })
    next()
  })

  router
    .route(`${path}/:channel`)
    .options((_req, res) => preflight(res, 'OPTIONS, POST', { 'Accept-Post': 'application/sdp' }))
    .post(
      (req, _res, next) => {
        admit(req)
        checkHeaders(req)
        next()
      },
      body,
      async (req, res) => {
        const channel = readChannel(req)
        const session = await open(req, channel)
        const id = randomBytes(18).toString('base64url')
        const held = { session, channel, etag: newEtag() }
        sessions.set(id, held)
        session.onClosed(() => sessions.delete(id))
        res
          .status(201)
          .set({ Location: `${path}/${channel}/${id}`, ETag: held.etag, 'Accept-Patch': FRAGMENT_TYPE })
          .type('application/sdp')
          .send(session.answer)
      },
    )
    .all((_req, res) => refuseMethod(res, 'OPTIONS, POST'))

  router
    .route(`${path}/:channel/:sessionId`)
    .options((_req, res) => preflight(res, 'OPTIONS, PATCH, DELETE', { 'Accept-Patch': FRAGMENT_TYPE }))
    .patch(body, async (req, res) => {
      const held = find(req)
      await patchSession({ req, res, held, newEtag })
    })
    .delete(async (req, res) => {
      const held = find(req)
      await held.session.end()
      res.status(200).end()
    })
    .all((_req, res) => refuseMethod(res, 'OPTIONS, PATCH, DELETE'))

  router.use(path, (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) next(error)
    else answerRefusal({ res, error, log })
  })

  /** @throws AppError session-not-found, wrong-stream-key */
  function find(req: Request): Held {
    const { channel, sessionId } = req.params
    const held = sessions.get(String(sessionId))
    if (held === undefined || held.channel !== channel) throw new AppError('session-not-found')
    if (held.session.tokenHash !== undefined) requireToken(req, held.session.tokenHash)
    return held
  }

  return router
}

function readChannel(req: Request): string {
  const channel = nameSchema.safeParse(req.params['channel'])
  if (!channel.success) throw new AppError('channel-not-found')
  return channel.data
}

/** Opaque, and of this ICE session alone (RFC 9725 section 4.3.1). */
function newEtag(): string {
  return `"${randomBytes(9).toString('base64url')}"`
}

function preflight(res: Response, methods: string, headers: Record<string, string>): void {
  res
    .status(204)
    .set({ Allow: methods, 'Access-Control-Allow-Methods': methods, 'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match', 'Access-Control-Max-Age': '86400', ...headers })
    .end()
}

function refuseMethod(res: Response, methods: string): never {
  res.set('Allow', methods)
  throw new AppError('method-not-allowed')
}
