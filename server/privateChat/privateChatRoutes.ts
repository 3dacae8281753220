// HTTP routes of private chat: lists, threads, search, settings and pictures. Nothing here may be kept by a shared cache.
import express, { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import { PRIVATE_IMAGE_MAX_BYTES, conversationQuerySchema, messagePageSchema, privateKeySchema, privateSearchSchema, privateSettingsChangeSchema } from '../contract/privateChat.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Database } from '../db/openDatabase.ts'
import { sendStored } from '../http/sendStored.ts'
import { pictureTypes } from '../pictures/PictureStore.ts'
import type { Conversations } from './Conversations.ts'
import { countUnread, listConversations } from './conversationViews.ts'
import type { PrivateImages } from './PrivateImages.ts'
import type { PrivateLimits } from './PrivateLimits.ts'
import type { PrivatePreferences } from './PrivatePreferences.ts'

export type PrivateChatRouteDeps = {
  readonly database: Database
  readonly conversations: Conversations
  readonly images: PrivateImages
  readonly limits: PrivateLimits
  readonly preferences: PrivatePreferences
}
type Keyed = Request<{ key: string }>

export function privateChatRoutes({ database, conversations, images, limits, preferences }: PrivateChatRouteDeps): Router {
  const routes = Router()
  const keyOf = (request: Keyed): string => checked(privateKeySchema, request.params.key)

  routes.use('/api/messages', (request, response, next) => {
    requireUser(request)
    response.setHeader('Cache-Control', 'private, no-store')
    next()
  })

  routes.get('/api/messages', async (request, response) => {
    response.json(await listConversations(database, requireUser(request).id, checked(conversationQuerySchema, request.query)))
  })

  routes.get('/api/messages/unread', async (request, response) => {
    response.json(await countUnread(database, requireUser(request).id))
  })

  routes.get('/api/messages/search', async (request, response) => {
    const user = requireUser(request)
    const { q } = checked(privateSearchSchema, request.query)
    await limits.spendSearch(user.id)
    response.json(await conversations.search(user, q))
  })

  routes.get('/api/messages/settings', async (request, response) => {
    response.json(await preferences.of(requireUser(request).id))
  })

  routes.patch('/api/messages/settings', async (request, response) => {
    response.json(await preferences.change(requireUser(request).id, bodyOf(request, privateSettingsChangeSchema)))
  })

  routes.get('/api/messages/with/:key', async (request: Keyed, response) => {
    response.json(await conversations.thread(requireUser(request), keyOf(request)))
  })

  routes.get('/api/messages/with/:key/messages', async (request: Keyed, response) => {
    response.json(await conversations.messages(requireUser(request), keyOf(request), checked(messagePageSchema, request.query)))
  })

  // The limit comes before the bytes are read.
  routes.post('/api/messages/images', async (request, _response, next) => {
    await limits.spendImage(requireUser(request).id, request.ip ?? '')
    next()
  })
  routes.post('/api/messages/images', express.raw({ type: [...pictureTypes], limit: PRIVATE_IMAGE_MAX_BYTES }), async (request: Request<Record<never, never>, unknown, unknown>, response) => {
    const user = requireUser(request as Request)
    if (!Buffer.isBuffer(request.body)) throw new AppError('unsupported-media-type', { message: 'Send a JPEG, PNG or WebP picture' })
    response.status(201).json(await images.add(user.id, request.body))
  })

  routes.get('/api/messages/images/:id', async (request: Request<{ id: string }>, response) => {
    const file = await images.fileFor(requireUser(request).id, request.params.id)
    // Asked for anew each time, so that a picture that was taken back is not shown from a cache.
    await sendStored(response, { root: images.folder, path: [`${file}.webp`], missing: 'not-found', cache: 'private, no-cache' })
  })

  return routes
}
