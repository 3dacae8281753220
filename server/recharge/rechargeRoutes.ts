// HTTP routes of recharge for those who buy.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import { orderRequestSchema, ordersQuerySchema } from '../contract/recharge.ts'
import type { PackagesView } from '../contract/recharge.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Orders } from './Orders.ts'
import { listPackages } from './packageStore.ts'
import type { PaymentProvider } from './PaymentProvider.ts'

export type RechargeRoutesOptions = {
  readonly database: Database
  readonly orders: Orders
  readonly providers: ReadonlyMap<string, PaymentProvider>
  /** Bounds how many orders a user makes. */
  readonly makings: RateLimiterRedis
  readonly baseOf: (request: Request) => string
}

export function rechargeRoutes({ database, orders, providers, makings, baseOf }: RechargeRoutesOptions): Router {
  const routes = Router()

  routes.get('/api/recharge/packages', async (_request, response) => {
    const offered = [...providers.values()].map(({ name, ways, currencies }) => ({ name, ways, currencies }))
    const payable = new Set(offered.flatMap(({ currencies }) => currencies))
    const packages = (await listPackages(database)).filter(({ onSale, currency }) => onSale && payable.has(currency))
    const view: PackagesView = {
      packages: packages.map(({ id, currency, price, coins, bonus, badge }) => ({ id, currency, price, coins, bonus, badge })),
      providers: offered,
      test: offered.some(({ name }) => name === 'sandbox'),
    }
    response.json(view)
  })

  routes.post('/api/recharge/orders', async (request, response) => {
    const user = requireUser(request)
    const order = bodyOf(request, orderRequestSchema)
    await spend(makings, user.id)
    response.status(201).json(await orders.make(user.id, order, baseOf(request)))
  })

  routes.get('/api/recharge/orders', async (request, response) => {
    const user = requireUser(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await orders.page(user.id, checked(ordersQuerySchema, request.query)))
  })

  routes.get('/api/recharge/orders/:id', async (request: Request<{ id: string }>, response) => {
    const user = requireUser(request as unknown as Request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await orders.own(user.id, request.params.id))
  })

  return routes
}
