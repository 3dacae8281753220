// What load balancers, supervisors and Prometheus ask.
import { Router } from 'express'
import type { Registry } from 'prom-client'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'

const TIMEOUT_MS = 2000

export type HealthDeps = { readonly database: Database; readonly redis: Redis; readonly metrics: Registry; readonly draining: () => boolean; readonly bridges: () => number }

export function healthRoutes({ database, redis, metrics, draining, bridges }: HealthDeps): Router {
  const routes = Router()

  routes.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })

  routes.get('/readyz', async (_request, response) => {
    const [mysql, cache] = await Promise.all([answers(database.raw('select 1')), answers(redis.ping())])
    const ready = mysql && cache && !draining()
    response.status(ready ? 200 : 503).json({ ready, mysql, redis: cache, draining: draining(), bridges: bridges() })
  })

  routes.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics())
  })

  return routes
}

/** Whether a dependency answers in time. */
async function answers(question: PromiseLike<unknown>): Promise<boolean> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('late')), TIMEOUT_MS).unref())
  return Promise.race([question, late]).then(
    () => true,
    () => false,
  )
}
