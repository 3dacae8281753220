// HTTP routes of sharing: posters and oEmbed.
import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { oembedQuerySchema, posterQuerySchema } from '../../contract/discovery.ts'
import { broadcastIdSchema } from '../../contract/ids.ts'
import { AppError } from '../../core/AppError.ts'
import { checked } from '../../core/checked.ts'
import type { Logger } from '../../core/logger.ts'
import type { Redis } from '../../core/openRedis.ts'
import { limitByAddress } from '../../http/limitByAddress.ts'
import type { BaseOf } from './createShare.ts'
import { drawPoster } from './drawPoster.ts'
import { oembed } from './oembed.ts'
import type { DrawableSubject, ShareSubjects } from './ShareSubjects.ts'
import type { ShareLanguage } from './shareWords.ts'
import { sharedAddress } from './sharedAddress.ts'

const POSTERS = { points: 40, seconds: 60 }
const OEMBEDS = { points: 120, seconds: 60 }
const POSTER_SECONDS = 60

export type ShareRouteDeps = { readonly redis: Redis; readonly subjects: ShareSubjects; readonly baseOf: BaseOf; readonly log: Logger }

export function shareRoutes({ redis, subjects, baseOf, log }: ShareRouteDeps): Router {
  const routes = Router()
  const posters = limitByAddress({ redis, name: 'poster', method: 'GET', ...POSTERS })

  const sendPoster = async (request: Request, response: Response, subject: (language: ShareLanguage) => Promise<DrawableSubject>): Promise<void> => {
    const { lang: language } = checked(posterQuerySchema, request.query)
    const format = request.path.endsWith('.png') ? 'png' : 'jpg'
    const found = await subject(language)
    const url = `${baseOf(request)}${found.path}`
    // Whatever the picture shows is in the key; the live picture changes within a minute anyway.
    const key = `poster:${createHash('sha256').update(JSON.stringify([found, url, language, format])).digest('base64url').slice(0, 32)}`
    const kept = await redis.getBuffer(key).catch(() => null)
    const image = kept ?? (await drawPoster({ subject: found, url, language, format }))
    if (!kept) await redis.set(key, image, 'EX', POSTER_SECONDS).catch((error: unknown) => log.warn({ err: error }, 'a poster could not be kept'))
    response.setHeader('Cache-Control', `public, max-age=${POSTER_SECONDS}`)
    response.type(format === 'png' ? 'image/png' : 'image/jpeg').send(image)
  }

  routes.get(['/api/channels/:name/poster.jpg', '/api/channels/:name/poster.png'], posters, (request, response) => sendPoster(request, response, (language) => subjects.channel(String(request.params.name), language)))
  routes.get(['/api/replays/:broadcastId/poster.jpg', '/api/replays/:broadcastId/poster.png'], posters, (request, response) =>
    sendPoster(request, response, (language) => subjects.replay(checked(broadcastIdSchema, request.params.broadcastId), language)),
  )

  routes.get('/api/oembed', limitByAddress({ redis, name: 'oembed', method: 'GET', ...OEMBEDS }), async (request, response) => {
    const { url, format, ...bounds } = checked(oembedQuerySchema, request.query)
    response.setHeader('Access-Control-Allow-Origin', '*')
    // The protocol asks for 501 here (oembed.com, 2.3.4).
    if (format !== 'json') return void response.status(501).json(new AppError('not-acceptable', { message: 'Only json is spoken here' }).toBody())
    const base = baseOf(request)
    const address = sharedAddress(url, base)
    if (!address) throw new AppError('not-found', { message: 'That address is none of a channel or replay here' })
    const subject = 'channel' in address ? await subjects.channel(address.channel, 'en') : await subjects.replay(address.broadcastId, 'en')
    response.setHeader('Cache-Control', 'public, max-age=60')
    response.json(oembed(subject, base, bounds))
  })

  return routes
}
