// HTTP routes of a host's income: for the channel's owner alone.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { Channels } from '../channels/Channels.ts'
import { incomeQuerySchema } from '../contract/income.ts'
import { checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Income } from './Income.ts'

type Named = Request<{ name: string }>

/** @param reports bounds how often a user has one added up */
export function incomeRoutes({ income, channels, reports }: { income: Income; channels: Channels; reports: RateLimiterRedis }): Router {
  const routes = Router()

  const owned = async (request: Named): Promise<Channel> => {
    const user = requireUser(request as unknown as Request)
    const channel = await channels.ownedByName(request.params.name, user.id)
    await spend(reports, user.id)
    return channel
  }

  routes.get('/api/channels/:name/income', async (request: Named, response) => {
    const channel = await owned(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await income.report(channel, checked(incomeQuerySchema, request.query)))
  })

  routes.get('/api/channels/:name/income.csv', async (request: Named, response) => {
    const channel = await owned(request)
    const query = checked(incomeQuerySchema, request.query)
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Disposition', `attachment; filename="income-${channel.name}-${query.by}-${query.from}-${query.to}.csv"`)
    response.type('text/csv').send(await income.csv(channel, query))
  })

  return routes
}
