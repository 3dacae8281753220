// HTTP routes of finding: home, search and rankings.
import { Router } from 'express'
import { userOf } from '../accounts/authenticate.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import { homeQuerySchema, rankingQuerySchema, searchQuerySchema } from '../contract/discovery.ts'
import { checked } from '../core/checked.ts'
import type { Redis } from '../core/openRedis.ts'
import { limitByAddress } from '../http/limitByAddress.ts'
import type { HomeFeed } from './HomeFeed.ts'
import type { Rankings } from './Rankings.ts'
import type { Search } from './search/Search.ts'

/** An office or a school may share an address. */
const HOMES = { points: 300, seconds: 10 }
const SEARCHES = { points: 60, seconds: 10 }
const RANKINGS = { points: 120, seconds: 10 }

export type DiscoveryRouteDeps = { readonly redis: Redis; readonly home: HomeFeed; readonly search: Search; readonly rankings: Rankings; readonly visitors: Visitors }

export function discoveryRoutes({ redis, home, search, rankings, visitors }: DiscoveryRouteDeps): Router {
  const routes = Router()
  const bounded = (name: string, limit: { points: number; seconds: number }) => limitByAddress({ redis, name, method: 'GET', ...limit })
  const searches = bounded('search', SEARCHES)

  routes.get('/api/home', bounded('home', HOMES), async (request, response) => {
    const view = await home.of({ user: userOf(request), visitorId: visitors.of(request).visitorId }, checked(homeQuerySchema, request.query))
    response.setHeader('Cache-Control', 'private, no-cache')
    response.json(view)
  })

  routes.get('/api/search', searches, async (request, response) => {
    response.json(await search.find(checked(searchQuerySchema, request.query).q))
  })

  routes.get('/api/search/suggestions', searches, async (request, response) => {
    response.json(await search.suggest(checked(searchQuerySchema, request.query).q))
  })

  routes.get('/api/rankings', bounded('rankings', RANKINGS), async (request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=5')
    response.json(await rankings.view(checked(rankingQuerySchema, request.query).period))
  })

  return routes
}
