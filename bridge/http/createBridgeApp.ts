// The bridge's HTTP interface: what the server may ask of it (contract/bridgeApi.ts), and what operators look at.
import express from 'express'
import type { ErrorRequestHandler, Express, Request } from 'express'
import type { z } from 'zod'
import { finishRequestSchema, packagingRequestSchema, publishEndSchema } from '../../server/contract/bridgeApi.ts'
import { broadcastIdSchema, publishIdSchema } from '../../server/contract/ids.ts'
import type { Pipelines } from '../broadcast/Pipelines.ts'
import { BroadcastTakenError } from '../ingest/BroadcastTakenError.ts'
import type { RtpPackagings } from '../ingest/RtpPackagings.ts'
import type { Log } from '../Log.ts'
import type { RtmpPublications } from '../publishing/RtmpPublications.ts'
import type { Finisher } from '../recording/Finisher.ts'
import { bearerSecret } from './bearerSecret.ts'
import type { BridgeMetrics } from './bridgeMetrics.ts'
import { HttpFailure } from './HttpFailure.ts'
import { serveFlv } from './serveFlv.ts'

export type BridgeAppOptions = {
  readonly secret: string
  readonly pipelines: Pipelines
  readonly packagings: RtpPackagings
  readonly publications: RtmpPublications
  readonly finisher: Finisher
  readonly metrics: BridgeMetrics
  readonly log: Log
}

export function createBridgeApp(options: BridgeAppOptions): Express {
  const { secret, pipelines, packagings, publications, finisher, metrics, log } = options
  const app = express().disable('x-powered-by').disable('etag')
  app.get('/healthz', (_request, response) => void response.json({ ok: true }))
  app.get('/metrics', async (_request, response) => void response.type(metrics.registry.contentType).send(await metrics.registry.metrics()))

  app.use(bearerSecret(secret), express.json({ limit: '64kb' }))
  app.post('/packagings', async (request, response) => {
    const body = check(packagingRequestSchema, request.body)
    const targets = await packagings.start(body).catch((cause: unknown) => {
      if (cause instanceof BroadcastTakenError) throw new HttpFailure('bad-request', cause.message, cause)
      throw new HttpFailure('media-unavailable', 'no ports could be opened for packaging', cause)
    })
    log.info({ broadcastId: body.broadcastId, video: body.video?.codec ?? null, audio: body.audio?.codec ?? null }, 'packaging')
    response.json(targets)
  })
  app.delete('/packagings/:broadcastId', async (request, response) => {
    await packagings.stop(pathId(broadcastIdSchema, request, 'broadcastId'))
    response.status(204).end()
  })
  app.delete('/publishes/:publishId', (request, response) => {
    const { reason } = check(publishEndSchema, request.body)
    publications.end(pathId(publishIdSchema, request, 'publishId'), reason)
    response.status(204).end()
  })
  app.post('/broadcasts/:broadcastId/finish', (request, response) => {
    const body = check(finishRequestSchema, request.body)
    void finisher.finish(pathId(broadcastIdSchema, request, 'broadcastId'), body)
    response.status(202).end()
  })
  app.get('/flv/:broadcastId', (request, response) => {
    const pipeline = pipelines.find(pathId(broadcastIdSchema, request, 'broadcastId'))
    if (!pipeline) throw new HttpFailure('broadcast-not-found', 'this bridge does not hold the broadcast')
    serveFlv(pipeline, response, (bytes) => metrics.flvBytes.inc(bytes))
  })
  app.use(() => {
    throw new HttpFailure('not-found', 'there is nothing here')
  })
  app.use(failures(log))
  return app
}

function check<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new HttpFailure('bad-request', parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
}

function pathId<S extends z.ZodType>(schema: S, request: Request, name: string): z.infer<S> {
  return check(schema, request.params[name])
}

function failures(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      response.destroy()
      return
    }
    const failure = error instanceof HttpFailure ? error : isClientFault(error) ? new HttpFailure('bad-request', 'the request cannot be read', error) : new HttpFailure('internal', 'the bridge failed', error)
    if (failure.status >= 500) log.error({ error: String(failure.cause ?? failure), path: request.path }, 'a request failed')
    response.status(failure.status).json(failure.toBody())
  }
}

/** Body parsers mark what the client did wrong with a 4xx status. */
function isClientFault(error: unknown): boolean {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500
}
