// The socket request of who is here.
import type { Accounts } from '../accounts/Accounts.ts'
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ReplyData } from '../contract/sockets.ts'
import type { Logger } from '../core/logger.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { keptOut } from '../live/Audience.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { Standings } from '../moderation/Standings.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'

const LISTED = 50
const KEEP_MS = 1000

export type PeopleSocketDeps = { readonly database: Database; readonly accounts: Accounts; readonly channels: Channels; readonly standings: Standings; readonly viewers: ViewerCount; readonly log: Logger }

/** @returns what serves each socket; all of them share what was looked up within a second */
export function peopleSockets({ database, accounts, channels, standings, viewers, log }: PeopleSocketDeps): (socket: FootlightSocket) => void {
  const list = async (name: string): Promise<ReplyData['people:list']> => {
    const channel = await channels.byName(name)
    const [{ ids, total }, standing] = await Promise.all([viewers.peopleOf(channel.id, LISTED), standings.of(channel)])
    const users = new Map((await findUsers(database, ids)).map((user) => [user.id, user]))
    const people = ids.flatMap((id) => {
      const user = users.get(id)
      return user ? [{ ...viewPerson(user), role: standing.roleOf(user) }] : []
    })
    return { total, people }
  }
  const lists = new Remembered({ keepMs: KEEP_MS, load: list })
  const requireAdmitted = async (channel: Channel, socket: FootlightSocket): Promise<void> => {
    const user = await accounts.userOf(socket.data.token)
    const sanction = (await standings.of(channel)).keptOut({ ...socket.data.visitor, user })
    if (sanction) throw keptOut(sanction)
  }

  return (socket) =>
    answer(socket, log, 'people:list', async ({ channel }) => {
      await requireAdmitted(await channels.byName(channel), socket)
      return lists.get(channel)
    })
}
