// HTTP routes of the platform's rates: operators read them, admins change them.
import { Router } from 'express'
import { ratesChangeSchema } from '../contract/rates.ts'
import { bodyOf } from '../core/checked.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { RateBook } from './RateBook.ts'
import { requireStaff } from './requireStaff.ts'

export function rateRoutes({ rates, audit }: { rates: RateBook; audit: Audit }): Router {
  const routes = Router()

  routes.get('/api/admin/rates', async (request, response) => {
    requireStaff(request, 'ledger:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await rates.now())
  })

  routes.patch('/api/admin/rates', async (request, response) => {
    const admin = requireStaff(request, 'rates:set')
    response.json(await rates.change(admin.id, bodyOf(request, ratesChangeSchema), audit))
  })

  return routes
}
