// HTTP routes of recharge for operators.
import { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import { may } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import { adminOrdersQuerySchema, packageSchema, refundRequestSchema } from '../contract/recharge.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Desk } from './Desk.ts'
import { listEvents } from './eventStore.ts'
import { listPackages } from './packageStore.ts'
import type { Refunds } from './Refunds.ts'

type Identified = Request<{ id: string }>

export function adminRechargeRoutes({ database, desk, refunds, baseOf }: { database: Database; desk: Desk; refunds: Refunds; baseOf: (request: Request) => string }): Router {
  const routes = Router()

  const operator = (request: Request | Identified, action: Action): User => {
    const user = requireUser(request as Request)
    if (user.role === 'user' || !may(user.role, action)) throw new AppError('forbidden', { message: 'Only operators may do this' })
    return user
  }

  routes.get('/api/admin/recharge/packages', async (request, response) => {
    operator(request, 'packages:set')
    response.json(await listPackages(database))
  })

  routes.post('/api/admin/recharge/packages', async (request, response) => {
    const user = operator(request, 'packages:set')
    response.status(201).json(await desk.addPackage(user, bodyOf(request, packageSchema)))
  })

  routes.put('/api/admin/recharge/packages/:id', async (request: Identified, response) => {
    const user = operator(request, 'packages:set')
    response.json(await desk.changePackage(user, request.params.id, bodyOf(request, packageSchema)))
  })

  routes.delete('/api/admin/recharge/packages/:id', async (request: Identified, response) => {
    const user = operator(request, 'packages:set')
    await desk.removePackage(user, request.params.id)
    response.status(204).end()
  })

  routes.get('/api/admin/recharge/orders', async (request, response) => {
    operator(request, 'orders:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await desk.page(checked(adminOrdersQuerySchema, request.query)))
  })

  routes.get('/api/admin/recharge/suspicious', async (request, response) => {
    operator(request, 'orders:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listEvents(database))
  })

  routes.get('/api/admin/recharge/orders/:id', async (request: Identified, response) => {
    operator(request, 'orders:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await desk.detail(request.params.id))
  })

  routes.post('/api/admin/recharge/orders/:id/ask', async (request: Identified, response) => {
    operator(request, 'orders:refund')
    await refunds.resume(request.params.id, baseOf(request as unknown as Request))
    response.json(await desk.ask(request.params.id))
  })

  routes.post('/api/admin/recharge/orders/:id/refund', async (request: Identified, response) => {
    const user = operator(request, 'orders:refund')
    await refunds.refund(user, request.params.id, bodyOf(request, refundRequestSchema), baseOf(request as unknown as Request))
    response.json(await desk.detail(request.params.id))
  })

  return routes
}
