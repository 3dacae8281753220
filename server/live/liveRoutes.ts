// HTTP routes of channels and of who is live: what pages read and what owners change.
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import { viewUser } from '../accounts/accountRoutes.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import { COVER_MAX_BYTES, channelChangeSchema, channelCreateSchema } from '../contract/http.ts'
import type { MeView, PlaybackView, StreamKeyView } from '../contract/http.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf } from '../core/checked.ts'
import type { Audience } from './Audience.ts'
import type { ChannelUrls } from './ChannelUrls.ts'
import type { ChannelViews } from './ChannelViews.ts'
import type { Live } from './Live.ts'
import type { PlaybackTokens } from './PlaybackTokens.ts'

export type LiveRouteDeps = { readonly channels: Channels; readonly live: Live; readonly views: ChannelViews; readonly urls: ChannelUrls; readonly visitors: Visitors; readonly audience: Audience; readonly tokens: PlaybackTokens }

export function liveRoutes({ channels, live, views, urls, visitors, audience, tokens }: LiveRouteDeps): Router {
  const routes = Router()

  const owned = (request: Request<{ name: string }>): Promise<Channel> => channels.ownedByName(request.params.name, requireUser(request).id)
  const keyView = (request: Request, channel: Channel, streamKey: string): StreamKeyView => {
    const { rtmpUrl, whipUrl } = urls.of(channel.name, request)
    return { streamKey, rtmpUrl, whipUrl }
  }

  routes.get('/api/me', async (request, response) => {
    const user = userOf(request)
    const channel = user && (await channels.ownedBy(user.id))
    const me: MeView = { user: user ? viewUser(user) : null, channel: channel ? await views.view(channel) : null }
    response.json(me)
  })

  routes.get('/api/live', async (_request, response) => {
    response.json(await views.cards())
  })

  routes.post('/api/channels', async (request, response) => {
    const user = requireUser(request)
    const channel = await channels.open({ ownerId: user.id, ...bodyOf(request, channelCreateSchema) })
    response.status(201).json(await views.view(channel))
  })

  routes.get('/api/channels/:name', async (request, response) => {
    response.json(await views.view(await channels.byName(request.params.name)))
  })

  routes.post('/api/channels/:name/playback', async (request, response) => {
    const channel = await channels.byName(request.params.name)
    const user = userOf(request)
    const { visitorId, addressHash } = visitors.of(request)
    await audience.admit(channel, { visitorId, addressHash, user })
    const { token, expiresAt } = tokens.issue({ channelId: channel.id, subject: { userId: user?.id ?? null, visitorId, addressHash } })
    const carrying = (url: string) => `${url}?token=${encodeURIComponent(token)}`
    const { hlsUrl, flvUrl, whepUrl } = urls.of(channel.name, request)
    const view: PlaybackView = { token, expiresAt: new Date(expiresAt).toISOString(), hlsUrl: carrying(hlsUrl), flvUrl: carrying(flvUrl), whepUrl: carrying(whepUrl) }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  routes.patch('/api/channels/:name', async (request, response) => {
    const channel = await owned(request)
    response.json(await views.view(await channels.change(channel, bodyOf(request, channelChangeSchema))))
  })

  const picture = express.raw({ type: ['image/jpeg', 'image/png', 'image/webp'], limit: COVER_MAX_BYTES })
  // Nobody but the owner may make the server read megabytes.
  const ownerFirst = async (request: Request<{ name: string }>, _response: Response, next: () => void): Promise<void> => {
    await owned(request)
    next()
  }
  routes.put('/api/channels/:name/cover', ownerFirst, picture, async (request: Request<{ name: string }, unknown, unknown>, response) => {
    const channel = await owned(request)
    if (!Buffer.isBuffer(request.body)) throw new AppError('unsupported-media-type', { message: 'A cover is a JPEG, PNG or WebP picture' })
    response.json(await views.view(await channels.setCover(channel, request.body)))
  })

  routes.get('/api/channels/:name/stream-key', async (request, response) => {
    const channel = await owned(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(keyView(request, channel, await channels.streamKeyOf(channel)))
  })

  routes.post('/api/channels/:name/stream-key', async (request, response) => {
    const channel = await owned(request)
    const streamKey = await channels.replaceStreamKey(channel)
    await live.revokeKey(channel)
    response.setHeader('Cache-Control', 'no-store')
    response.json(keyView(request, channel, streamKey))
  })

  return routes
}
