// HTTP routes of reconciliations: what was found, and looking now.
import { Router } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { spend } from '../core/spend.ts'
import type { Reconciliation } from './Reconciliation.ts'
import { requireStaff } from './requireStaff.ts'

export function reconciliationRoutes({ reconciliation, runs }: { reconciliation: Reconciliation; runs: RateLimiterRedis }): Router {
  const routes = Router()

  routes.get('/api/admin/reconciliations', async (request, response) => {
    requireStaff(request, 'ledger:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await reconciliation.list())
  })

  routes.post('/api/admin/reconciliations', async (request, response) => {
    const staff = requireStaff(request, 'ledger:reconcile')
    await spend(runs, staff.id)
    response.json(await reconciliation.run('operator'))
  })

  return routes
}
