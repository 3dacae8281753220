// Where payment providers send their notices: the raw body, verified before anything is believed.
import express, { Router } from 'express'
import type { Request } from 'express'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { PaymentProvider } from './PaymentProvider.ts'
import type { Payments } from './Payments.ts'

/** Notices are a few KB; Stripe's largest events some tens. */
const MAX_NOTICE = '256kb'

/** Must be put before what parses JSON: a signature is of the very bytes that were sent. */
export function noticeRoutes({ providers, payments, log }: { providers: ReadonlyMap<string, PaymentProvider>; payments: Payments; log: Logger }): Router {
  const routes = Router()

  routes.post('/api/recharge/notices/:provider', express.raw({ type: () => true, limit: MAX_NOTICE }), async (request: Request<{ provider: string }>, response) => {
    const provider = providers.get(request.params.provider)
    if (!provider) throw new AppError('payments-off', { message: 'This way of paying is not available here' })
    const body: unknown = request.body
    const event = await provider.readNotice(Buffer.isBuffer(body) ? body : Buffer.alloc(0), request.headers).catch((error: unknown) => {
      log.warn({ err: error, provider: provider.name, address: request.ip }, 'a payment notice was refused')
      throw error
    })
    const taken = event && (await payments.take(provider, event))
    if (taken?.outcome === 'suspicious') throw new AppError('bad-request', { message: `The notice does not fit its order: ${taken.why}` })
    const { status, type, body: words } = provider.thanks
    response.status(status)
    if (status === 204) response.end()
    else response.type(type).send(words)
  })

  return routes
}
