// What bridges and the operator's commands call: everything under /internal, with the shared secret.
import { Router } from 'express'
import { bridgeAliveSchema, bridgeNoticeSchema, publishEndedSchema, publishRequestSchema, relayMediaSchema, replayFinishedSchema } from '../contract/bridgeApi.ts'
import type { BridgeAliveReply } from '../contract/bridgeApi.ts'
import { bridgeIdSchema, broadcastIdSchema, publishIdSchema } from '../contract/ids.ts'
import type { Channels } from '../channels/Channels.ts'
import { AppError } from '../core/AppError.ts'
import { bearsSecret } from '../core/bearsSecret.ts'
import { bodyOf, checked } from '../core/checked.ts'
import type { Bridges } from './bridges/Bridges.ts'
import { endReasons } from './endReasons.ts'
import type { Live } from './Live.ts'

export function internalRoutes({ live, bridges, channels, secret }: { live: Live; bridges: Bridges; channels: Channels; secret: string }): Router {
  const routes = Router()

  routes.use('/internal', (request, _response, next) => {
    if (!bearsSecret(request, secret)) throw new AppError('internal-secret-wrong')
    next()
  })

  routes.post('/internal/publish', async (request, response) => {
    response.json(await live.publishByBridge(bodyOf(request, publishRequestSchema)))
  })

  routes.post('/internal/publish/:publishId/media', async (request, response) => {
    response.json(await live.openRelay(checked(publishIdSchema, request.params.publishId), bodyOf(request, relayMediaSchema)))
  })

  routes.post('/internal/publish/:publishId/ended', async (request, response) => {
    await live.publishById(checked(publishIdSchema, request.params.publishId)).end(bodyOf(request, publishEndedSchema))
    response.status(204).end()
  })

  routes.post('/internal/bridges/:bridgeId/alive', (request, response) => {
    const bridgeId = checked(bridgeIdSchema, request.params.bridgeId)
    const alive = bodyOf(request, bridgeAliveSchema)
    bridges.heard(bridgeId, alive)
    const known = new Set(live.all().map(({ publish }) => publish?.id))
    const reply: BridgeAliveReply = {
      unknownPublishes: alive.publishes.map(({ publishId }) => publishId).filter((publishId) => !known.has(publishId)),
      unknownPackagings: alive.packagings.filter((broadcastId) => !live.byId(broadcastId)),
    }
    response.json(reply)
  })

  routes.post('/internal/broadcasts/:broadcastId/notices', async (request, response) => {
    await live.notice(checked(broadcastIdSchema, request.params.broadcastId), bodyOf(request, bridgeNoticeSchema))
    response.status(204).end()
  })

  routes.post('/internal/broadcasts/:broadcastId/replay', async (request, response) => {
    await live.replayFinished(checked(broadcastIdSchema, request.params.broadcastId), bodyOf(request, replayFinishedSchema))
    response.status(204).end()
  })

  routes.post('/internal/channels/:channel/stop', async (request, response) => {
    await live.stop(await channels.byName(request.params.channel), endReasons.operator)
    response.status(204).end()
  })

  return routes
}
