// HTTP routes of one's own profile.
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { AVATAR_MAX_BYTES, languageChangeSchema, profileChangeSchema } from '../contract/accounts.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf } from '../core/checked.ts'
import { pictureTypes } from '../pictures/PictureStore.ts'
import { requireUser } from './authenticate.ts'
import type { Profiles } from './Profiles.ts'

export function profileRoutes({ profiles }: { profiles: Profiles }): Router {
  const routes = Router()

  const show = async (request: Request, response: Response): Promise<void> => {
    response.setHeader('Cache-Control', 'no-store')
    response.json(await profiles.view(requireUser(request).id))
  }

  routes.get('/api/me/account', show)

  routes.patch('/api/me/profile', async (request, response) => {
    await profiles.change(requireUser(request).id, bodyOf(request, profileChangeSchema))
    await show(request, response)
  })

  routes.put('/api/me/language', async (request, response) => {
    await profiles.setLanguage(requireUser(request).id, bodyOf(request, languageChangeSchema).language)
    response.status(204).end()
  })

  // Nobody but a user may make the server read megabytes.
  const picture = [
    (request: Request, _response: Response, next: () => void) => {
      requireUser(request)
      next()
    },
    express.raw({ type: pictureTypes, limit: AVATAR_MAX_BYTES }),
  ]
  routes.put('/api/me/avatar', ...picture, async (request: Request<Record<string, string>, unknown, unknown>, response: Response) => {
    if (!Buffer.isBuffer(request.body)) throw new AppError('unsupported-media-type', { message: 'An avatar is a JPEG, PNG or WebP picture' })
    await profiles.setAvatar(requireUser(request).id, request.body)
    await show(request, response)
  })

  routes.delete('/api/me/avatar', async (request, response) => {
    await profiles.setAvatar(requireUser(request).id, null)
    await show(request, response)
  })

  return routes
}
