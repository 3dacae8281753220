// HTTP routes of the catalogue's operators.
import express, { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import { GIFT_EFFECT_MAX_BYTES, giftDraftSchema, giftFileKindSchema, giftShareSchema } from '../contract/gifts.ts'
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { GiftDesk } from './GiftDesk.ts'

export function giftAdminRoutes({ desk }: { desk: GiftDesk }): Router {
  const routes = Router()

  const operator = (request: Request): User => {
    const user = requireUser(request)
    if (user.role === 'user' || !may(user.role, 'gifts:set')) throw new AppError('forbidden', { message: 'Only operators may do this' })
    return user
  }

  routes.get('/api/admin/gifts', async (request, response) => {
    operator(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await desk.list())
  })

  routes.post('/api/admin/gifts', async (request, response) => {
    const user = operator(request)
    response.status(201).json(await desk.create(user, bodyOf(request, giftDraftSchema)))
  })

  // Who may upload is known before anything is read.
  const bytes = express.raw({ type: () => true, limit: GIFT_EFFECT_MAX_BYTES })
  routes.post('/api/admin/gifts/files', (request, _response, next) => next(void operator(request)), bytes, async (request, response) => {
    const user = operator(request)
    const { kind } = checked(giftFileKindSchema, request.query)
    const body: unknown = request.body
    if (!Buffer.isBuffer(body) || body.length === 0) throw new AppError('unsupported-media-type', { message: 'Send the file itself, as application/octet-stream' })
    response.status(201).json(await desk.upload(user, kind, body))
  })

  routes.put('/api/admin/gifts/:id', async (request, response) => {
    const user = operator(request)
    response.json(await desk.save(user, request.params.id, bodyOf(request, giftDraftSchema)))
  })

  routes.post('/api/admin/gifts/:id/publish', async (request, response) => {
    response.json(await desk.publish(operator(request), request.params.id))
  })

  routes.post('/api/admin/gifts/:id/retire', async (request, response) => {
    response.json(await desk.retire(operator(request), request.params.id))
  })

  routes.get('/api/admin/channels/:name/gift-share', async (request, response) => {
    operator(request)
    response.json(await desk.shareOf(request.params.name))
  })

  routes.put('/api/admin/channels/:name/gift-share', async (request, response) => {
    const user = operator(request)
    response.json(await desk.setShare(user, request.params.name, bodyOf(request, giftShareSchema).share))
  })

  return routes
}
