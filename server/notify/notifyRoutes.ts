// HTTP routes of notifications: the list, what is read, what is wanted, and the browsers to push to.
import { Router } from 'express'
import type { Request } from 'express'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import type { UserId } from '../contract/ids.ts'
import { choiceSchema, markReadSchema, notificationsQuerySchema, pushEndpointSchema, pushSubscriptionSchema } from '../contract/notify.ts'
import type { ChoicesView } from '../contract/notify.ts'
import { bodyOf, checked } from '../core/checked.ts'
import { spend } from '../core/spend.ts'
import type { Choices } from './Choices.ts'
import type { MailNotices } from './mail/MailNotices.ts'
import type { Notifications } from './Notifications.ts'
import type { WebPush } from './push/WebPush.ts'

export type NotifyRouteDeps = { readonly notifications: Notifications; readonly choices: Choices; readonly push: WebPush; readonly mails: MailNotices; readonly changes: RateLimiterRedis }

/** @param changes bounds how often a user changes choices and subscriptions */
export function notifyRoutes({ notifications, choices, push, mails, changes }: NotifyRouteDeps): Router {
  const routes = Router()

  const view = async (userId: UserId): Promise<ChoicesView> => {
    const [chosen, reachable] = await Promise.all([choices.of(userId), mails.reachable([userId])])
    return { choices: chosen, email: !mails.enabled ? 'unavailable' : reachable.length > 0 ? 'ready' : 'no-address' }
  }
  const changing = async (request: Request): Promise<UserId> => {
    const { id } = requireUser(request)
    await spend(changes, id)
    return id
  }

  routes.get('/api/notifications', async (request, response) => {
    response.json(await notifications.page(requireUser(request).id, checked(notificationsQuerySchema, request.query)))
  })

  routes.get('/api/notifications/unread', async (request, response) => {
    response.json({ unread: await notifications.unread(requireUser(request).id) })
  })

  routes.post('/api/notifications/read', async (request, response) => {
    const { id } = requireUser(request)
    response.json({ unread: await notifications.read(id, bodyOf(request, markReadSchema).ids) })
  })

  routes.get('/api/notifications/choices', async (request, response) => {
    response.json(await view(requireUser(request).id))
  })

  routes.put('/api/notifications/choices', async (request, response) => {
    const userId = await changing(request)
    await choices.set(userId, bodyOf(request, choiceSchema))
    response.json(await view(userId))
  })

  routes.get('/api/push/key', async (request, response) => {
    requireUser(request)
    response.json({ publicKey: await push.publicKey() })
  })

  routes.put('/api/push/subscription', async (request, response) => {
    const userId = await changing(request)
    await push.subscribe(userId, bodyOf(request, pushSubscriptionSchema))
    response.status(204).end()
  })

  routes.delete('/api/push/subscription', async (request, response) => {
    const userId = await changing(request)
    await push.unsubscribe(userId, bodyOf(request, pushEndpointSchema).endpoint)
    response.status(204).end()
  })

  return routes
}
