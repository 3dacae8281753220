// HTTP routes of gifts for pages: what is on sale, and what the panel's reader has and is.
import { Router } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import type { GiftPanelView } from '../contract/gifts.ts'
import type { Guards } from '../guard/Guards.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import { userAccount } from '../wallet/ledgerAccounts.ts'
import type { Catalogue } from './Catalogue.ts'
import type { FanLevels } from './FanLevels.ts'
import type { Givers } from './Givers.ts'

export type GiftRoutesDeps = { readonly catalogue: Catalogue; readonly givers: Givers; readonly guards: Guards; readonly fans: FanLevels; readonly ledger: Ledger }

export function giftRoutes({ catalogue, givers, guards, fans, ledger }: GiftRoutesDeps): Router {
  const routes = Router()

  routes.get('/api/gifts', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache')
    response.json(await catalogue.onSale())
  })

  routes.get('/api/channels/:name/gifts/me', async (request, response) => {
    const user = requireUser(request)
    const channel = await givers.channelNamed(request.params.name)
    const [coins, guard, fan] = await Promise.all([ledger.balanceOf(userAccount(user.id, 'coin')), guards.of(channel.id, user.id), fans.of(channel.id, user.id)])
    const view: GiftPanelView = { coins: String(coins), guard, fan, fanNextAt: null }
    response.setHeader('Cache-Control', 'no-store')
    response.json(view)
  })

  return routes
}
