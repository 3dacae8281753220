// HTTP routes of withdrawals for those who ask for them, and of where their money goes.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import { payeeSchema, withdrawalSchema, withdrawalsQuerySchema } from '../contract/withdrawal.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Cashier } from './Cashier.ts'
import type { Payees } from './Payees.ts'
import type { Withdrawals } from './Withdrawals.ts'

/** @param changes bounds how often a user asks, cancels, or changes the payee */
export function withdrawalRoutes({ withdrawals, cashier, payees, changes }: { withdrawals: Withdrawals; cashier: Cashier; payees: Payees; changes: RateLimiterRedis }): Router {
  const routes = Router()
  routes.use(['/api/withdrawals', '/api/payee'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })

  const changing = async (request: Request): Promise<User> => {
    const user = requireUser(request)
    await spend(changes, user.id)
    return user
  }

  routes.get('/api/withdrawals', async (request, response) => {
    response.json(await cashier.own(requireUser(request).id, checked(withdrawalsQuerySchema, request.query)))
  })

  routes.get('/api/withdrawals/terms', async (request, response) => {
    response.json(await cashier.terms(requireUser(request).id))
  })

  routes.post('/api/withdrawals', async (request, response) => {
    const user = await changing(request)
    const id = await withdrawals.request(user.id, bodyOf(request, withdrawalSchema))
    response.status(201).json(await cashier.ownOne(user.id, id))
  })

  routes.post('/api/withdrawals/:id/cancel', async (request, response) => {
    const user = await changing(request as unknown as Request)
    const { id } = await cashier.ownOne(user.id, request.params.id)
    await withdrawals.cancel(user.id, id)
    response.json(await cashier.ownOne(user.id, id))
  })

  routes.get('/api/payee', async (request, response) => {
    response.json(await payees.view(requireUser(request).id))
  })

  routes.put('/api/payee', async (request, response) => {
    const user = await changing(request)
    response.json(await payees.set(user.id, bodyOf(request, payeeSchema)))
  })

  return routes
}
