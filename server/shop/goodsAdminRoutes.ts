// HTTP routes of the shop as operators keep it: the shelf, codes, and where orders are.
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import { may } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import { adminGoodsOrdersSchema, GOODS_PICTURE_MAX_BYTES, goodsCancelSchema, goodsCodesSchema, goodsDraftSchema, goodsStepSchema } from '../contract/shop.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Database } from '../db/openDatabase.ts'
import { pictureTypes } from '../pictures/PictureStore.ts'
import { listAllGoods } from './goodsStore.ts'
import type { OrderDesk } from './OrderDesk.ts'
import { listOrders } from './orderStore.ts'
import type { Shelf } from './Shelf.ts'

/** Five thousand codes. */
const CODES_LIMIT = '2mb'

/** @throws AppError not-logged-in, forbidden */
function staff(request: unknown, action: Action): User {
  const user = requireUser(request as Request)
  if (user.role === 'user' || !may(user.role, action)) throw new AppError('forbidden', { message: 'Only operators may do this' })
  return user
}
/** Nobody but staff may make the server read large bodies. */
const staffFirst = (action: Action) => (request: Request, _response: Response, next: () => void) => {
  staff(request, action)
  next()
}

type Identified = Request<{ id: string }>

export function goodsAdminRoutes({ database, shelf, desk, secret }: { database: Database; shelf: Shelf; desk: OrderDesk; secret: string }): Router {
  const routes = Router()
  const base = '/api/admin/goods'

  routes.get(base, async (request, response) => {
    staff(request, 'goods:set')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listAllGoods(database))
  })

  routes.get(`${base}/orders`, async (request, response) => {
    staff(request, 'orders:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listOrders(database, checked(adminGoodsOrdersSchema, request.query), secret))
  })

  routes.post(`${base}/orders/:id/step`, async (request: Identified, response) => {
    const actor = staff(request, 'goods:set')
    response.json(await desk.step(actor, request.params.id, bodyOf(request, goodsStepSchema)))
  })

  routes.post(`${base}/orders/:id/cancel`, async (request: Identified, response) => {
    const actor = staff(request, 'orders:refund')
    response.json(await desk.cancel(actor, request.params.id, bodyOf(request, goodsCancelSchema).reason))
  })

  routes.post(base, async (request, response) => {
    const actor = staff(request, 'goods:set')
    response.status(201).json(await shelf.add(actor, bodyOf(request, goodsDraftSchema)))
  })

  routes.put(`${base}/:id`, async (request: Identified, response) => {
    const actor = staff(request, 'goods:set')
    response.json(await shelf.change(actor, request.params.id, bodyOf(request, goodsDraftSchema)))
  })

  routes.put(`${base}/:id/picture`, staffFirst('goods:set'), express.raw({ type: pictureTypes, limit: GOODS_PICTURE_MAX_BYTES }), async (request: Request, response: Response) => {
    const actor = staff(request, 'goods:set')
    const image: unknown = request.body
    if (!Buffer.isBuffer(image)) throw new AppError('unsupported-media-type', { message: 'A picture is JPEG, PNG or WebP' })
    response.json(await shelf.setPicture(actor, String(request.params['id']), image))
  })

  routes.post(`${base}/:id/codes`, staffFirst('goods:set'), express.text({ type: 'text/plain', limit: CODES_LIMIT }), async (request: Request, response: Response) => {
    const actor = staff(request, 'goods:set')
    const text: unknown = request.body
    if (typeof text !== 'string') throw new AppError('unsupported-media-type', { message: 'Codes are text/plain, one a line' })
    const codes = text.split(/\r?\n/).map((code) => code.trim()).filter((code) => code !== '')
    response.json(await shelf.addCodes(actor, String(request.params['id']), checked(goodsCodesSchema, codes)))
  })

  return routes
}
