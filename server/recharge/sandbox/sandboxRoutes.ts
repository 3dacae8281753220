// HTTP routes of the sandbox's payment page: what is to be paid, pay it, or do not.
import { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../../accounts/authenticate.ts'
import type { SandboxPaymentView } from '../../contract/recharge.ts'
import { AppError } from '../../core/AppError.ts'
import type { Database } from '../../db/openDatabase.ts'
import { findOrder } from '../orderStore.ts'
import type { SandboxBook } from './SandboxBook.ts'
import type { SandboxPayments } from './SandboxPayments.ts'

type Ordered = Request<{ orderId: string }>

export function sandboxRoutes({ database, book, payments }: { database: Database; book: SandboxBook; payments: SandboxPayments }): Router {
  const routes = Router()

  /** The buyer's own payment. @throws AppError order-not-found */
  const view = async (request: Ordered): Promise<SandboxPaymentView> => {
    const user = requireUser(request as unknown as Request)
    const { orderId } = request.params
    const [order, payment] = await Promise.all([findOrder(database, { id: orderId }), book.find(orderId)])
    if (!payment || order?.userId !== user.id) throw new AppError('order-not-found', { message: 'There is no such payment' })
    return { orderId, state: payment.state, currency: payment.currency, amount: String(payment.amount), coins: String(order.coins + order.bonus) }
  }

  routes.get('/api/recharge/sandbox/:orderId', async (request: Ordered, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.json(await view(request))
  })

  routes.post('/api/recharge/sandbox/:orderId/pay', async (request: Ordered, response) => {
    const { orderId } = await view(request)
    await payments.pay(orderId)
    response.json(await view(request))
  })

  routes.post('/api/recharge/sandbox/:orderId/cancel', async (request: Ordered, response) => {
    const { orderId } = await view(request)
    await book.cancel(orderId)
    response.json(await view(request))
  })

  return routes
}
