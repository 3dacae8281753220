// Assembles sharing: posters, oEmbed, and the head of shared pages.
import type { Request, Router } from 'express'
import type { Channels } from '../../channels/Channels.ts'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import type { Redis } from '../../core/openRedis.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { ChannelCards } from '../ChannelCards.ts'
import { pageHead } from './pageHead.ts'
import { sharedPath } from './sharedAddress.ts'
import { shareRoutes } from './shareRoutes.ts'
import { ShareSubjects } from './ShareSubjects.ts'

/** The site's origin: the one the operator set, else the one that was asked. */
export type BaseOf = (request: Pick<Request, 'protocol' | 'host'>) => string

export type ShareDeps = { readonly database: Database; readonly redis: Redis; readonly channels: Channels; readonly cards: ChannelCards; readonly mediaDir: string; readonly publicUrl: string; readonly log: Logger }

export function createShare({ database, redis, channels, cards, mediaDir, publicUrl, log }: ShareDeps): { readonly routes: Router; readonly head: (path: string, request: Request) => Promise<string | undefined> } {
  const subjects = new ShareSubjects({ database, channels, cards, mediaDir })
  const baseOf: BaseOf = ({ protocol, host }) => {
    const asked = publicUrl || `${protocol}://${host}`
    // A Host header may hold anything.
    if (!URL.canParse(asked)) throw new AppError('bad-request', { message: 'The Host header is no host' })
    return new URL(asked).origin
  }

  const head = async (path: string, request: Request): Promise<string | undefined> => {
    const address = sharedPath(path)
    if (!address || path.startsWith('/embed/')) return undefined
    const language = request.acceptsLanguages('en', 'zh-CN', 'zh') || 'en'
    const shown = language === 'en' ? 'en' : 'zh-CN'
    try {
      const subject = 'channel' in address ? await subjects.channel(address.channel, shown) : await subjects.replay(address.broadcastId, shown)
      return pageHead(subject, baseOf(request))
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return undefined
      throw error
    }
  }
  return { routes: shareRoutes({ redis, subjects, baseOf, log }), head }
}
