// Who may see what was kept of a paid show, its chat included: who has the ticket to it. Previews and single minutes are for the live picture.
import type { Request } from 'express'
import { userOf } from '../accounts/authenticate.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { findBroadcast } from './broadcastStore.ts'
import { ticketNeeded } from './ShowAccess.ts'
import type { ShowAccess } from './ShowAccess.ts'

/** What a show asks for never changes; its channel's owner may be gone. */
const KEEP_MS = 2000

/** @throws AppError replay-not-found, ticket-needed */
export type ReplayDoor = (request: Request, broadcastId: BroadcastId) => Promise<void>

export function replayDoor({ database, visitors, access }: { database: Database; visitors: Visitors; access: ShowAccess }): ReplayDoor {
  const shows = new Remembered({
    keepMs: KEEP_MS,
    load: async (id: BroadcastId) => {
      const broadcast = await findBroadcast(database, { id })
      const channel = broadcast && (await findChannel(database, { id: broadcast.channelId }))
      return channel && { broadcast, channel }
    },
  })
  return async (request, broadcastId) => {
    const found = await shows.get(broadcastId)
    if (!found) throw new AppError('replay-not-found')
    const { broadcast, channel } = found
    if (broadcast.ticket === null) return
    const view = await access.of({ channel, show: { ...broadcast, state: 'ended' }, who: { ...visitors.of(request), user: userOf(request) }, takes: false })
    if (view && view.access !== 'held' && view.access !== 'exempt') throw ticketNeeded(view)
  }
}
