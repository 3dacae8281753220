// HTTP routes of the ledger for operators: searching it, looking into a wallet, unlocking one.
import { Router } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { ledgerQuerySchema, walletUnlockSchema } from '../contract/wallet.ts'
import { AppError } from '../core/AppError.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import { searchTransfers, sumBalances } from './ledgerStore.ts'
import { requireStaff } from './requireStaff.ts'
import { unlockWallet } from './walletLock.ts'
import type { WalletNews } from './WalletNews.ts'
import { viewWallet } from './walletViews.ts'

type Options = { readonly database: Database; readonly audit: Audit; readonly news: WalletNews; readonly searches: RateLimiterRedis }

export function ledgerAdminRoutes({ database, audit, news, searches }: Options): Router {
  const routes = Router()

  const userOf = async (name: string): Promise<User> => {
    const user = await findUser(database, { name })
    if (!user) throw new AppError('user-not-found', { message: `There is no user ${name}` })
    return user
  }

  routes.get('/api/admin/ledger/transfers', async (request, response) => {
    const staff = requireStaff(request, 'ledger:read')
    const { user: name, ...query } = checked(ledgerQuerySchema, request.query)
    await spend(searches, staff.id)
    const userId = name ? (await userOf(name)).id : undefined
    response.setHeader('Cache-Control', 'no-store')
    response.json(await searchTransfers(database, { ...query, userId }))
  })

  routes.get('/api/admin/ledger/balances', async (request, response) => {
    const staff = requireStaff(request, 'ledger:read')
    await spend(searches, staff.id)
    response.setHeader('Cache-Control', 'no-store')
    response.json(await sumBalances(database))
  })

  routes.get('/api/admin/wallets/:name', async (request, response) => {
    requireStaff(request, 'ledger:read')
    response.setHeader('Cache-Control', 'no-store')
    response.json(await viewWallet(database, (await userOf(request.params.name)).id))
  })

  routes.post('/api/admin/wallets/:name/unlock', async (request, response) => {
    const staff = requireStaff(request, 'wallet:unlock')
    const { reason } = bodyOf(request, walletUnlockSchema)
    const owner = await userOf(request.params.name)
    await transact(database, async (transaction) => {
      await unlockWallet(transaction, owner.id)
      await audit.record({ actorId: staff.id, channelId: null, action: 'wallet:unlock', targetId: owner.id, reason, detail: {} }, transaction)
    })
    news.note([owner.id])
    response.json(await viewWallet(database, owner.id))
  })

  return routes
}
