// HTTP routes of gifts for pages: what is on sale, and what the panel's reader has and is.
import { Router } from 'express'
import { requireUser, userOf } from '../accounts/authenticate.ts'
import type { Channels } from '../channels/Channels.ts'
import { rankingQuerySchema } from '../contract/gifts.ts'
import type { GiftPanelView } from '../contract/gifts.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import type { Guards } from '../guard/Guards.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { userAccount } from '../wallet/ledgerAccounts.ts'
import type { Catalogue } from './Catalogue.ts'
import type { FanLevels } from './FanLevels.ts'
import type { Givers } from './Givers.ts'
import type { Packets } from './packets/Packets.ts'
import type { Rankings } from './Rankings.ts'

export type GiftRoutesDeps = { readonly catalogue: Catalogue; readonly givers: Givers; readonly guards: Guards; readonly fans: FanLevels; readonly ledger: Ledger; readonly rankings: Rankings; readonly channels: Channels; readonly packets: Packets }

export function giftRoutes({ catalogue, givers, guards, fans, ledger, rankings, channels, packets }: GiftRoutesDeps): Router {
  const routes = Router()

  routes.get('/api/gifts', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache')
    response.json(await catalogue.onSale())
  })

  routes.get('/api/channels/:name/gifts/me', async (request, response) => {
    const user = requireUser(request)
    const channel = await givers.channelNamed(request.params.name)
    const [coins, guard, fan] = await Promise.all([ledger.balanceOf(userAccount(user.id, 'coin')), guards.of(channel.id, user.id), fans.standingOf(channel.id, user.id)])
    const view: GiftPanelView = { coins: String(coins), guard, fan: fan.badge, fanPoints: String(fan.points), fanNextAt: fan.nextAt === null ? null : String(fan.nextAt) }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  routes.get('/api/channels/:name/gifts/ranking', async (request, response) => {
    const { period } = checked(rankingQuerySchema, request.query)
    const channel = await givers.channelNamed(request.params.name)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await rankings.ofChannel(channel.id, period, userOf(request)))
  })

  routes.get('/api/gifts/ranking', async (request, response) => {
    const { period, side } = checked(rankingQuerySchema, request.query)
    if (period === 'show') throw new AppError('bad-request', { message: 'A show is of one channel', fields: { period: 'must be day, week or all' } })
    const user = userOf(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await rankings.ofPlatform(side, period, user, user && side === 'host' ? await channels.ownedBy(user.id) : undefined))
  })

  routes.get('/api/packets/:id', async (request, response) => {
    const user = requireUser(request)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await packets.resultFor(user.id, request.params.id))
  })

  return routes
}
