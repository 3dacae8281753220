// HTTP routes of reports: anyone with an account files them, operators work on them.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { may } from '../contract/permissions.ts'
import { reportCloseSchema, reportQuerySchema, reportSchema, userDisabledSchema } from '../contract/reports.ts'
import type { ReportReceived } from '../contract/reports.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { sendStored } from '../http/sendStored.ts'
import type { Desk } from './Desk.ts'
import { evidenceFolder } from './gatherEvidence.ts'
import { hasSnapshot, listReports } from './reportStore.ts'

export function reportRoutes({ database, desk, mediaDir, filings }: { database: Database; desk: Desk; mediaDir: string; filings: RateLimiterRedis }): Router {
  const routes = Router()

  const operator = (request: Request): User => {
    const user = requireUser(request)
    if (user.role === 'user' || !may(user.role, 'reports:handle')) throw new AppError('forbidden', { message: 'Only operators may do this' })
    return user
  }

  routes.post('/api/reports', async (request, response) => {
    const user = requireUser(request)
    const report = bodyOf(request, reportSchema)
    await spend(filings, user.id)
    await desk.take(user, report)
    const received: ReportReceived = { received: true }
    response.status(202).json(received)
  })

  routes.get('/api/operator/reports', async (request, response) => {
    operator(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await listReports(database, checked(reportQuerySchema, request.query)))
  })

  routes.get('/api/operator/reports/:id/snapshot.jpg', async (request, response) => {
    operator(request)
    const { id } = request.params
    if (!(await hasSnapshot(database, id))) throw new AppError('report-not-found')
    await sendStored(response, { root: evidenceFolder(mediaDir), path: [`${id}.jpg`], missing: 'report-not-found', cache: 'private, no-store' })
  })

  routes.post('/api/operator/reports/:id/close', async (request, response) => {
    const user = operator(request)
    await desk.close(user, request.params.id, bodyOf(request, reportCloseSchema))
    response.status(204).end()
  })

  routes.put('/api/operator/users/:name/disabled', async (request, response) => {
    const user = operator(request)
    const change = bodyOf(request, userDisabledSchema)
    const target = await findUser(database, { name: request.params.name })
    if (!target) throw new AppError('user-not-found', { message: 'There is no such user' })
    await desk.setDisabled(user, target, change)
    response.status(204).end()
  })

  return routes
}
