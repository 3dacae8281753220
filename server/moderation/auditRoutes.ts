// HTTP routes that read the record of keeping order: a channel's for its keepers, the platform's for its operators.
import { Router } from 'express'
import type { Request } from 'express'
import { requireUser } from '../accounts/authenticate.ts'
import { findUser } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import { auditQuerySchema } from '../contract/moderation.ts'
import type { AuditPage } from '../contract/moderation.ts'
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from './Audit.ts'
import type { Standings } from './Standings.ts'

export function auditRoutes({ database, channels, standings, audit }: { database: Database; channels: Channels; standings: Standings; audit: Audit }): Router {
  const routes = Router()

  const read = async (request: Request, channelName: string | undefined): Promise<AuditPage> => {
    const { user: name, channel: filter, before, action, limit } = checked(auditQuerySchema, request.query)
    const channel = channelName ?? filter ? await channels.byName(channelName ?? filter ?? '') : undefined
    const target = name ? await findUser(database, { name }) : undefined
    if (name && !target) throw new AppError('user-not-found', { message: `There is no user ${name}` })
    return audit.list({ channelId: channel?.id, targetId: target?.id, before, action, limit })
  }

  routes.get('/api/channels/:name/moderation/audit', async (request: Request<{ name: string }>, response) => {
    const user = requireUser(request)
    const channel = await channels.byName(request.params.name)
    if (!may((await standings.of(channel)).roleOf(user), 'moderation:read')) throw new AppError('forbidden')
    response.json(await read(request as unknown as Request, channel.name))
  })

  routes.get('/api/moderation/audit', async (request, response) => {
    const { role } = requireUser(request)
    if (role === 'user' || !may(role, 'audit:read-platform')) throw new AppError('forbidden')
    response.json(await read(request, undefined))
  })

  return routes
}
