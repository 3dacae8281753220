// HTTP routes of people: profiles, follows, friends and blocks.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import { liveNoticesSchema, peopleLists, peopleQuerySchema } from '../contract/social.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Blocks } from './Blocks.ts'
import type { Follows } from './Follows.ts'
import type { People } from './People.ts'

type Named = Request<{ name: string }>

/** @param changes bounds how often a user follows, unfollows, blocks and unblocks */
export function socialRoutes({ people, follows, blocks, changes }: { people: People; follows: Follows; blocks: Blocks; changes: RateLimiterRedis }): Router {
  const routes = Router()

  const pairOf = async (request: Named) => {
    const me = requireUser(request)
    await spend(changes, me.id)
    const user = await people.byName(request.params.name)
    return { me, user, pair: { followerId: me.id, followedId: user.id }, block: { blockerId: me.id, blockedId: user.id } }
  }

  routes.get('/api/people/:name', async (request: Named, response) => {
    response.json(await people.profile(await people.byName(request.params.name), userOf(request)))
  })

  for (const list of peopleLists) {
    routes.get(`/api/people/:name/${list}`, async (request: Named, response) => {
      const user = await people.byName(request.params.name)
      response.json(await people.list(user, list, checked(peopleQuerySchema, request.query), userOf(request)))
    })
  }

  routes.get('/api/following/live', async (request, response) => {
    response.json(await people.followedLive(requireUser(request)))
  })

  routes.put('/api/people/:name/follow', async (request: Named, response) => {
    const { me, user, pair } = await pairOf(request)
    await follows.follow(pair)
    response.json(await people.relation(user, me))
  })

  routes.delete('/api/people/:name/follow', async (request: Named, response) => {
    const { me, user, pair } = await pairOf(request)
    await follows.unfollow(pair)
    response.json(await people.relation(user, me))
  })

  routes.put('/api/people/:name/live-notices', async (request: Named, response) => {
    const { wanted } = bodyOf(request, liveNoticesSchema)
    const { me, user, pair } = await pairOf(request)
    await follows.setLiveNotices(pair, wanted)
    response.json(await people.relation(user, me))
  })

  routes.get('/api/blocks', async (request, response) => {
    response.json(await people.blocked(requireUser(request), checked(peopleQuerySchema, request.query)))
  })

  routes.put('/api/people/:name/block', async (request: Named, response) => {
    const { me, user, block } = await pairOf(request)
    await blocks.block(block)
    response.json(await people.relation(user, me))
  })

  routes.delete('/api/people/:name/block', async (request: Named, response) => {
    const { me, user, block } = await pairOf(request)
    await blocks.unblock(block)
    response.json(await people.relation(user, me))
  })

  return routes
}
