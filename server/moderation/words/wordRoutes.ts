// HTTP routes of the lexicons: a channel's for its host, the platform's for its operators.
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { requireUser } from '../../accounts/authenticate.ts'
import type { User } from '../../accounts/userStore.ts'
import type { Channels } from '../../channels/Channels.ts'
import { may } from '../../contract/permissions.ts'
import { AppError } from '../../core/AppError.ts'
import type { Standings } from '../Standings.ts'
import type { Lexicons, Scope } from './Lexicons.ts'

/** 10,000 entries with their actions. */
const MAX_TEXT = '2mb'

export function wordRoutes({ channels, standings, lexicons }: { channels: Channels; standings: Standings; lexicons: Lexicons }): Router {
  const routes = Router()
  const asText = express.text({ type: 'text/plain', limit: MAX_TEXT })

  const ofChannel = async (request: Request): Promise<{ scope: Scope; user: User }> => {
    const user = requireUser(request)
    const channel = await channels.byName(String(request.params['name']))
    if (!may((await standings.of(channel)).roleOf(user), 'words:set')) throw new AppError('forbidden', { message: 'Only the host may see and change the words' })
    return { scope: channel.id, user }
  }
  const ofPlatform = (request: Request): Promise<{ scope: Scope; user: User }> => {
    const user = requireUser(request)
    if (user.role === 'user' || !may(user.role, 'words:set-platform')) throw new AppError('forbidden', { message: 'Only operators may see and change the platform’s words' })
    return Promise.resolve({ scope: null, user })
  }
  const download = (response: Response, text: string) => response.type('text/plain; charset=utf-8').attachment('words.txt').send(text)

  for (const [path, allowed] of [['/api/channels/:name/moderation/words', ofChannel], ['/api/moderation/words', ofPlatform]] as const) {
    routes.get(path, async (request, response) => {
      response.json(await lexicons.view((await allowed(request)).scope))
    })
    routes.get(`${path}.txt`, async (request, response) => {
      download(response, (await lexicons.view((await allowed(request)).scope)).text)
    })
    routes.put(path, async (request, _response, next) => {
      await allowed(request)
      next()
    }, asText, async (request: Request, response) => {
      const { scope, user } = await allowed(request)
      const text: unknown = request.body
      if (typeof text !== 'string') throw new AppError('unsupported-media-type', { message: 'The list is text/plain' })
      response.json(await lexicons.replace({ scope, text, actor: user }))
    })
  }
  return routes
}
