// HTTP routes of paid shows: what a host asks for, what one holds, and buying.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import type { User } from '../accounts/userStore.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import { findChannel } from '../channels/channelStore.ts'
import { broadcastIdSchema } from '../contract/ids.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { buyTicketSchema, minutesSchema, ticketSettingSchema } from '../contract/tickets.ts'
import type { AccessView, TicketSettingView } from '../contract/tickets.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { toColumns } from '../db/ticketTerms.ts'
import { keptOut } from '../live/Audience.ts'
import { findBroadcast } from '../live/broadcastStore.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Minutes } from './Minutes.ts'
import type { TicketOffice } from './TicketOffice.ts'
import type { TicketSales } from './TicketSales.ts'

type Named = Request<{ name: string }>

export type TicketRouteDeps = {
  readonly database: Database
  readonly channels: Channels
  readonly visitors: Visitors
  readonly standings: Standings
  readonly rates: RateBook
  readonly office: TicketOffice
  readonly sales: TicketSales
  readonly minutes: Minutes
  /** Bounds how often one person buys or changes. */
  readonly orders: RateLimiterRedis
}

export function ticketRoutes({ database, channels, visitors, standings, rates, office, sales, minutes, orders }: TicketRouteDeps): Router {
  const routes = Router()

  /** @throws AppError broadcast-not-found */
  const accessOf = async (request: Request, broadcastId: BroadcastId): Promise<AccessView | null> => {
    const show = await findBroadcast(database, { id: broadcastId })
    const channel = show && (await findChannel(database, { id: show.channelId }))
    if (!show || !channel) throw new AppError('broadcast-not-found')
    return office.of({ channel, show, who: { ...visitors.of(request), user: userOf(request) }, takes: false })
  }
  /** Nobody pays for what they are kept out of. @throws AppError not-logged-in, channel-not-found, kept-out */
  const buying = async (request: Named): Promise<{ channel: Channel; user: User }> => {
    const user = requireUser(request as Request)
    await spend(orders, user.id)
    const channel = await channels.byName(request.params.name)
    const sanction = (await standings.of(channel)).keptOut({ ...visitors.of(request), user })
    if (sanction) throw keptOut(sanction)
    return { channel, user }
  }
  const setting = async ({ ticket }: Pick<Channel, 'ticket'>): Promise<TicketSettingView> => ({ ticket, share: (await rates.now()).ticketShare })

  routes.get('/api/channels/:name/ticket', async (request: Named, response) => {
    response.json(await setting(await channels.ownedByName(request.params.name, requireUser(request as Request).id)))
  })

  routes.put('/api/channels/:name/ticket', async (request: Named, response) => {
    const channel = await channels.ownedByName(request.params.name, requireUser(request as Request).id)
    const { ticket } = bodyOf(request, ticketSettingSchema)
    await database('channels').where({ id: channel.id }).update(toColumns(ticket))
    response.json(await setting({ ticket }))
  })

  routes.get('/api/broadcasts/:broadcastId/ticket', async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.json(await accessOf(request, checked(broadcastIdSchema, request.params.broadcastId)))
  })

  routes.post('/api/channels/:name/ticket', async (request: Named, response) => {
    const { channel, user } = await buying(request)
    const order = bodyOf(request, buyTicketSchema)
    await sales.buy({ channelId: channel.id, user, ...order })
    office.forget(user.id)
    response.json(await accessOf(request as Request, order.broadcastId))
  })

  routes.put('/api/channels/:name/ticket/minutes', async (request: Named, response) => {
    const { channel, user } = await buying(request)
    const wish = bodyOf(request, minutesSchema)
    await minutes.agree({ channelId: channel.id, userId: user.id, ...wish })
    office.forget(user.id)
    response.json(await accessOf(request as Request, wish.broadcastId))
  })

  return routes
}
