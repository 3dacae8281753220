// The page behind the link in every notification mail: opening it changes nothing (mail scanners open links), its button does.
import { Router } from 'express'
import type { Request } from 'express'
import { AppError } from '../../core/AppError.ts'
import type { Choices } from '../Choices.ts'
import { readUnsubscribeToken } from './unsubscribeToken.ts'
import type { Unsubscription } from './unsubscribeToken.ts'

const words = {
  en: { title: 'No more of these mails', ask: 'Stop mails of this kind from Footlight?', button: 'Stop them', done: 'Done: you get no more mails of this kind. Your settings can turn them on again.' },
  'zh-CN': { title: '退订邮件', ask: '不再接收 Footlight 的这类邮件？', button: '退订', done: '已退订。可以在设置中重新开启。' },
}

export function unsubscribeRoutes({ choices, appSecret }: { choices: Choices; appSecret: string }): Router {
  const routes = Router()
  const path = '/api/notifications/unsubscribe'

  const read = (request: Request): Unsubscription => {
    const found = readUnsubscribeToken(String(request.query['token'] ?? ''), appSecret)
    if (!found) throw new AppError('bad-request', { message: 'This link is not complete: copy all of it' })
    return found
  }
  const page = (request: Request, body: (text: (typeof words)['en']) => string): string => {
    const language = request.acceptsLanguages(['en', 'zh-CN', 'zh']) || 'en'
    const [lang, text] = language.startsWith('zh') ? (['zh-CN', words['zh-CN']] as const) : (['en', words.en] as const)
    return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark light"><title>${text.title} · Footlight</title><body style="font: 1.1rem/1.6 system-ui; max-width: 32rem; margin: 20vh auto; padding: 0 1rem"><h1>${text.title}</h1>${body(text)}</body></html>`
  }

  routes.get(path, (request, response) => {
    read(request)
    response.type('html').send(page(request, ({ ask, button }) => `<p>${ask}</p><form method="post"><button style="font: inherit; padding: .5rem 1.5rem">${button}</button></form>`))
  })

  routes.post(path, async (request, response) => {
    const { userId, kind } = read(request)
    await choices.set(userId, { kind, way: 'email', wanted: false })
    response.type('html').send(page(request, ({ done }) => `<p>${done}</p>`))
  })

  return routes
}
