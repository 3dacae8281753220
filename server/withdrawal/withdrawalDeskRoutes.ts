// HTTP routes of withdrawals for staff: the queue, decisions, the payout file, and whose name was verified.
import { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { may } from '../contract/permissions.ts'
import { adminWithdrawalsQuerySchema, payeeVerifiedSchema, payeesQuerySchema, payoutFileQuerySchema, withdrawalPaySchema, withdrawalRejectSchema, withdrawalsPaidSchema } from '../contract/withdrawal.ts'
import type { BulkPaid } from '../contract/withdrawal.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Cashier } from './Cashier.ts'
import type { Payees } from './Payees.ts'
import type { Withdrawals } from './Withdrawals.ts'

type DeskRoutes = { readonly database: Database; readonly withdrawals: Withdrawals; readonly cashier: Cashier; readonly payees: Payees; readonly audit: Audit; readonly log: Logger }

export function withdrawalDeskRoutes({ database, withdrawals, cashier, payees, audit, log }: DeskRoutes): Router {
  const routes = Router()
  routes.use(['/api/admin/withdrawals', '/api/admin/payees'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })

  const operator = (request: Request): User => {
    const user = requireUser(request)
    if (user.role === 'user' || !may(user.role, 'withdrawals:handle')) throw new AppError('forbidden', { message: 'Only operators may do this' })
    return user
  }

  routes.get('/api/admin/withdrawals', async (request, response) => {
    operator(request)
    response.json(await cashier.queue(checked(adminWithdrawalsQuerySchema, request.query)))
  })

  routes.get('/api/admin/withdrawals/payout.csv', async (request, response) => {
    const { id: actorId } = operator(request)
    const { state } = checked(payoutFileQuerySchema, request.query)
    const { csv, lines } = await cashier.payoutFile(state)
    // It holds people's accounts in full: who took it is on record.
    await audit.record({ actorId, channelId: null, action: 'withdrawal:payout-file', targetId: null, reason: '', detail: { state, lines } })
    response.setHeader('Content-Disposition', `attachment; filename="payout-${state}-${new Date().toISOString().slice(0, 10)}.csv"`)
    response.type('text/csv').send(csv)
  })

  routes.post('/api/admin/withdrawals/paid', async (request, response) => {
    const { id: actorId } = operator(request)
    const outcomes: Array<BulkPaid['outcomes'][number]> = []
    for (const { id, reference } of bodyOf(request, withdrawalsPaidSchema).payments) outcomes.push({ id, error: await failureOf(withdrawals.pay(actorId, id, reference)) })
    const answer: BulkPaid = { outcomes }
    response.json(answer)
  })

  routes.get('/api/admin/withdrawals/:id', async (request, response) => {
    operator(request as unknown as Request)
    response.json(await cashier.detail(request.params.id))
  })

  routes.post('/api/admin/withdrawals/:id/approve', async (request, response) => {
    const { id: actorId } = operator(request as unknown as Request)
    await withdrawals.approve(actorId, request.params.id)
    response.json(await cashier.oneForStaff(request.params.id))
  })

  routes.post('/api/admin/withdrawals/:id/reject', async (request, response) => {
    const { id: actorId } = operator(request as unknown as Request)
    await withdrawals.reject(actorId, request.params.id, bodyOf(request, withdrawalRejectSchema).reason)
    response.json(await cashier.oneForStaff(request.params.id))
  })

  routes.post('/api/admin/withdrawals/:id/pay', async (request, response) => {
    const { id: actorId } = operator(request as unknown as Request)
    await withdrawals.pay(actorId, request.params.id, bodyOf(request, withdrawalPaySchema).reference)
    response.json(await cashier.oneForStaff(request.params.id))
  })

  routes.get('/api/admin/payees', async (request, response) => {
    operator(request)
    response.json(await cashier.unverified(checked(payeesQuerySchema, request.query)))
  })

  routes.put('/api/admin/payees/:name/verified', async (request, response) => {
    const { id: actorId } = operator(request as unknown as Request)
    const change = bodyOf(request, payeeVerifiedSchema)
    const target = await findUser(database, { name: request.params.name })
    if (!target) throw new AppError('user-not-found', { message: 'There is no such user' })
    await payees.setVerified(actorId, target.id, change)
    response.status(204).end()
  })

  /** One row that fails leaves the others alone. */
  const failureOf = async (work: Promise<void>): Promise<string | null> => {
    try {
      await work
      return null
    } catch (error) {
      if (error instanceof AppError) return error.code
      log.error({ err: error }, 'a withdrawal could not be marked as paid')
      return 'internal'
    }
  }

  return routes
}
