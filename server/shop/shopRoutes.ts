// HTTP routes of the shop as buyers use it: the shelf, orders, and beans for coins.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import { exchangeSchema, goodsOrderSchema, goodsOrdersSchema } from '../contract/shop.ts'
import type { ShopView } from '../contract/shop.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { userAccount } from '../wallet/ledgerAccounts.ts'
import { exchangeBeans } from './exchangeBeans.ts'
import type { ExchangeDeps } from './exchangeBeans.ts'
import { listShelf } from './goodsStore.ts'
import type { OrderDesk } from './OrderDesk.ts'
import { listOwnOrders } from './orderStore.ts'

type Identified = Request<{ id: string }>
/** `purchases` bounds how often a user buys or exchanges. */
export type ShopRouteDeps = ExchangeDeps & { readonly database: Database; readonly desk: OrderDesk; readonly purchases: RateLimiterRedis; readonly secret: string }

export function shopRoutes({ database, desk, ledger, rates, purchases, secret }: ShopRouteDeps): Router {
  const routes = Router()

  routes.get('/api/shop', async (request, response) => {
    const user = userOf(request)
    const [goods, { exchangeBeans: per, exchangeCoins: gives }, coins, beans] = await Promise.all([
      listShelf(database, user?.id),
      rates.now(),
      user ? ledger.balanceOf(userAccount(user.id, 'coin')) : 0n,
      user ? ledger.balanceOf(userAccount(user.id, 'bean')) : 0n,
    ])
    const view: ShopView = { goods, rate: { exchangeBeans: per, exchangeCoins: gives }, me: user ? { coins: String(coins), beans: String(beans) } : null }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  routes.post('/api/shop/goods/:id/orders', async (request: Identified, response) => {
    const user = requireUser(request as unknown as Request)
    const order = bodyOf(request, goodsOrderSchema)
    await spend(purchases, user.id)
    response.setHeader('Cache-Control', 'no-store')
    response.status(201).json(await desk.buy(user, request.params.id, order))
  })

  routes.get('/api/shop/orders', async (request, response) => {
    const user = requireUser(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listOwnOrders(database, user.id, checked(goodsOrdersSchema, request.query), secret))
  })

  routes.post('/api/shop/exchange', async (request, response) => {
    const user = requireUser(request)
    const exchange = bodyOf(request, exchangeSchema)
    await spend(purchases, user.id)
    response.status(201).json(await exchangeBeans({ ledger, rates }, user, exchange))
  })

  return routes
}
