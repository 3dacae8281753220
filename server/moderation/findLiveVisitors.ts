// Finds the browsers and addresses a user is connected with right now, on every server, in bounded time.
import type { Visitor } from '../accounts/Visitors.ts'
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { userRoom } from '../realtime/createSocketServer.ts'

/** A server that does not answer must not delay a kick. */
const WAIT_MS = 400

export async function findLiveVisitors(sockets: FootlightServer, userId: UserId, log: Logger): Promise<Visitor[]> {
  const room = userRoom(userId)
  const everywhere = sockets.in(room).fetchSockets()
  const timedOut = new Promise<null>((settle) => setTimeout(settle, WAIT_MS, null).unref())
  const found = await Promise.race([everywhere, timedOut]).catch((error: unknown) => {
    log.warn({ err: error }, 'the sockets of a user on other servers are not known')
    return null
  })
  everywhere.catch(() => undefined)
  const seen = found ?? (await sockets.local.in(room).fetchSockets())
  const distinct = new Map(seen.map(({ data: { visitor } }) => [`${visitor.visitorId} ${visitor.addressHash}`, visitor]))
  return [...distinct.values()]
}
