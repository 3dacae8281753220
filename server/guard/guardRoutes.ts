// HTTP routes of guards: a channel's page, its guards, becoming one, and whom one guards.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import type { Channels } from '../channels/Channels.ts'
import { guardListSchema, guardPurchaseSchema } from '../contract/guard.ts'
import type { GuardListPage } from '../contract/guard.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import type { GuardDesk } from './GuardDesk.ts'
import { countGuards, listGuarded, listGuards } from './guardStore.ts'

type Named = Request<{ name: string }>

/** @param purchases bounds how often a user asks to buy */
export function guardRoutes({ database, channels, desk, purchases }: { database: Database; channels: Channels; desk: GuardDesk; purchases: RateLimiterRedis }): Router {
  const routes = Router()

  routes.get('/api/channels/:name/guard', async (request: Named, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.json(await desk.view(await channels.byName(request.params.name), userOf(request as Request)))
  })

  routes.get('/api/channels/:name/guards', async (request: Named, response) => {
    const { after, limit } = checked(guardListSchema, request.query)
    const channel = await channels.byName(request.params.name)
    const now = new Date()
    const [guards, total] = await Promise.all([listGuards(database, channel.id, { after, limit: limit + 1, now }), countGuards(database, channel.id, now)])
    const page: GuardListPage = { guards: guards.slice(0, limit), total, next: guards.length > limit ? after + limit : null }
    response.json(page)
  })

  routes.post('/api/channels/:name/guard', async (request: Named, response) => {
    const user = requireUser(request as Request)
    const purchase = bodyOf(request, guardPurchaseSchema)
    await spend(purchases, user.id)
    response.status(201).json(await desk.buy(user, await channels.byName(request.params.name), purchase))
  })

  routes.get('/api/guards', async (request, response) => {
    const user = requireUser(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listGuarded(database, user.id, new Date()))
  })

  return routes
}
