// HTTP routes of one's own wallet: what is in it, and what came and went.
import { once } from 'node:events'
import { Router } from 'express'
import type { Response } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import { statementQuerySchema } from '../contract/wallet.ts'
import type { UserId } from '../contract/ids.ts'
import { checked } from '../core/checked.ts'
import { CSV_MARK, csvLine } from '../core/csvLine.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { readStatement } from './statement.ts'
import type { StatementFilter } from './statement.ts'
import { viewWallet } from './walletViews.ts'

const PART = 500
/** A file ends there; a narrower time gives the rest. */
const LINES_IN_FILE = 50_000
const csvHead = csvLine(['time', 'type', 'currency', 'amount', 'balance', 'note', 'transfer'])

export type WalletLimits = { readonly reads: RateLimiterRedis; readonly files: RateLimiterRedis }

export function walletRoutes({ database, limits }: { database: Database; limits: WalletLimits }): Router {
  const routes = Router()

  routes.get('/api/wallet', async (request, response) => {
    const user = requireUser(request)
    response.setHeader('Cache-Control', 'private, no-store')
    response.json(await viewWallet(database, user.id))
  })

  routes.get('/api/wallet/statement', async (request, response) => {
    const user = requireUser(request)
    const query = checked(statementQuerySchema, request.query)
    await spend(limits.reads, user.id)
    response.setHeader('Cache-Control', 'private, no-store')
    response.json(await readStatement(database, user.id, query))
  })

  routes.get('/api/wallet/statement.csv', async (request, response) => {
    const user = requireUser(request)
    const { currency, type, direction, from, to } = checked(statementQuerySchema, request.query)
    await spend(limits.files, user.id)
    response.setHeader('Content-Type', 'text/csv; charset=utf-8')
    response.setHeader('Content-Disposition', `attachment; filename="${user.name}-${currency}s-${new Date().toISOString().slice(0, 10)}.csv"`)
    response.setHeader('Cache-Control', 'private, no-store')
    response.write(`${CSV_MARK}${csvHead}`)
    await streamStatement(database, user.id, { currency, type, direction, from, to }, response)
    response.end()
  })

  return routes
}

/** Part by part, no faster than it is read, so that a long statement never stands in memory. */
async function streamStatement(database: Database, userId: UserId, filter: StatementFilter, response: Response): Promise<void> {
  let before: string | undefined
  for (let left = LINES_IN_FILE; left > 0 && !response.destroyed; ) {
    const { lines, next } = await readStatement(database, userId, { ...filter, before, limit: Math.min(PART, left) })
    const text = lines.map(({ at, type, currency, amount, balance, note, transferId }) => csvLine([at, type, currency, BigInt(amount), BigInt(balance), note, transferId])).join('')
    const roomLeft = text === '' || response.write(text)
    if (next === null) return
    before = next
    left -= lines.length
    if (!roomLeft) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
}
