// HTTP routes of schedules.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import type { Channels } from '../channels/Channels.ts'
import { showChangeSchema, showCreateSchema } from '../contract/schedule.ts'
import { bodyOf } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Schedule } from './Schedule.ts'

type Named = Request<{ name: string }>
type Identified = Request<{ id: string }>

/** @param changes bounds how often a user changes shows and reminders */
export function scheduleRoutes({ schedule, channels, changes }: { schedule: Schedule; channels: Channels; changes: RateLimiterRedis }): Router {
  const routes = Router()

  const changing = async (request: Request<never> | Named | Identified) => {
    const user = requireUser(request as Request)
    await spend(changes, user.id)
    return user
  }

  routes.get('/api/channels/:name/shows', async (request: Named, response) => {
    response.json(await schedule.upcoming(await channels.byName(request.params.name), userOf(request as Request)?.id))
  })

  routes.post('/api/channels/:name/shows', async (request: Named, response) => {
    const user = await changing(request)
    const channel = await channels.ownedByName(request.params.name, user.id)
    response.status(201).json(await schedule.announce(channel, bodyOf(request, showCreateSchema)))
  })

  routes.patch('/api/shows/:id', async (request: Identified, response) => {
    const user = await changing(request)
    response.json(await schedule.change(request.params.id, user.id, bodyOf(request, showChangeSchema)))
  })

  routes.delete('/api/shows/:id', async (request: Identified, response) => {
    const user = await changing(request)
    await schedule.cancel(request.params.id, user.id)
    response.status(204).end()
  })

  routes.put('/api/shows/:id/reminder', async (request: Identified, response) => {
    const user = await changing(request)
    response.json(await schedule.remind(request.params.id, user.id, true))
  })

  routes.delete('/api/shows/:id/reminder', async (request: Identified, response) => {
    const user = await changing(request)
    response.json(await schedule.remind(request.params.id, user.id, false))
  })

  return routes
}
