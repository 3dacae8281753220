// Assembles presence: who is in a channel, and who came in.
import type { Slice } from '../realtime/Slice.ts'
import { EntryMessages } from './EntryMessages.ts'
import type { EntryMessagesOptions } from './EntryMessages.ts'
import { peopleSockets } from './peopleSockets.ts'
import type { PeopleSocketDeps } from './peopleSockets.ts'

export type PresenceDeps = PeopleSocketDeps & EntryMessagesOptions

export function createPresence(deps: PresenceDeps): Slice {
  const entries = new EntryMessages(deps)
  return { sockets: [peopleSockets(deps)], close: () => entries.close() }
}
