// HTTP routes of keeping order in a channel: moderators, mutes, kicks, bans, and who someone is here.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import { findUser, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import { banSchema, endSanctionSchema, kickSchema, moderatorChangeSchema, muteSchema, sanctionListSchema } from '../contract/moderation.ts'
import type { ChannelPersonView } from '../contract/moderation.ts'
import { may, outranks } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Moderators } from './Moderators.ts'
import type { Sanctions } from './Sanctions.ts'
import type { Standings } from './Standings.ts'

export type ModerationRouteDeps = {
  readonly database: Database
  readonly channels: Channels
  readonly standings: Standings
  readonly sanctions: Sanctions
  readonly moderators: Moderators
  /** Bounds how often one person acts. */
  readonly acts: RateLimiterRedis
}
type Named = Request<{ name: string }>
type NamedUser = Request<{ name: string; user: string }>

const SANCTIONS_OF_ONE = 5

export function moderationRoutes({ database, channels, standings, sanctions, moderators, acts }: ModerationRouteDeps): Router {
  const routes = Router()
  const base = '/api/channels/:name/moderation'

  const person = async (name: string): Promise<User> => {
    const user = await findUser(database, { name })
    if (!user) throw new AppError('user-not-found', { message: `There is no user ${name}` })
    return user
  }
  /** The channel, for one who may do that here: whoever may not is told so before any name is looked up. */
  const channelFor = async (request: Named, action: Action): Promise<{ channel: Channel; actor: User }> => {
    const actor = requireUser(request)
    const channel = await channels.byName(request.params.name)
    if (!may((await standings.of(channel)).roleOf(actor), action)) throw new AppError('forbidden', { message: 'Only the host and moderators may do this' })
    return { channel, actor }
  }
  const act = async (request: Named, action: Action, { user, reason }: { user: string; reason: string }) => {
    const { channel, actor } = await channelFor(request, action)
    await spend(acts, actor.id)
    return { channel, actor, target: await person(user), reason }
  }
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

  routes.post(`${base}/mute`, async (request: Named, response) => {
    const { for: length, ...body } = bodyOf(request, muteSchema)
    response.json(await sanctions.mute({ ...(await act(request, 'mute', body)), until: length === 'ever' ? null : length === 'show' ? 'show' : inSeconds(length) }))
  })

  routes.post(`${base}/unmute`, async (request: Named, response) => {
    await sanctions.unmute(await act(request, 'mute', bodyOf(request, endSanctionSchema)))
    response.status(204).end()
  })

  routes.post(`${base}/kick`, async (request: Named, response) => {
    const { seconds, ...body } = bodyOf(request, kickSchema)
    response.json(await sanctions.kick({ ...(await act(request, 'kick', body)), until: inSeconds(seconds) }))
  })

  routes.post(`${base}/ban`, async (request: Named, response) => {
    response.json(await sanctions.ban(await act(request, 'ban', bodyOf(request, banSchema))))
  })

  routes.post(`${base}/lift`, async (request: Named, response) => {
    await sanctions.lift(await act(request, 'kick', bodyOf(request, endSanctionSchema)))
    response.status(204).end()
  })

  routes.get(`${base}/sanctions`, async (request: Named, response) => {
    const { channel } = await channelFor(request, 'moderation:read')
    response.json(await sanctions.list({ channel, ...checked(sanctionListSchema, request.query) }))
  })

  routes.get(`${base}/moderators`, async (request: Named, response) => {
    const { channel } = await channelFor(request, 'moderation:read')
    response.json(await moderators.list(channel))
  })

  routes.put(`${base}/moderators/:user`, async (request: NamedUser, response) => {
    await moderators.add(await act(request, 'moderators:set', { user: request.params.user, ...bodyOf(request, moderatorChangeSchema) }))
    response.status(204).end()
  })

  routes.delete(`${base}/moderators/:user`, async (request: NamedUser, response) => {
    await moderators.remove(await act(request, 'moderators:set', { user: request.params.user, ...bodyOf(request, moderatorChangeSchema) }))
    response.status(204).end()
  })

  routes.get('/api/channels/:name/people/:user', async (request: NamedUser, response) => {
    const channel = await channels.byName(request.params.name)
    const standing = await standings.of(channel)
    const target = await person(request.params.user)
    const [self, role] = [standing.roleOf(userOf(request)), standing.roleOf(target)]
    const listed = may(self, 'moderation:read') ? await sanctions.list({ channel, target, limit: SANCTIONS_OF_ONE }) : { sanctions: [] }
    const view: ChannelPersonView = { person: viewPerson(target), role, self: { role: self, outranks: outranks(self, role) }, sanctions: listed.sanctions }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  return routes
}
