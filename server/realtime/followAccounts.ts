// What changes of accounts mean for open sockets, on every server: ended sessions are hung up on, changed users looked up anew.
import type { Accounts } from '../accounts/Accounts.ts'
import type { FootlightServer } from './answer.ts'
import type { Bus } from './Bus.ts'
import { sessionRoom, userRoom } from './createSocketServer.ts'

export function followAccounts({ accounts, sockets, bus }: { accounts: Accounts; sockets: FootlightServer; bus: Bus }): void {
  accounts.on('changed', (fact) => bus.tell('user-changed', fact))
  accounts.on('sessions-ended', ({ userId, only, except }) => {
    const rooms = sockets.in(only ? sessionRoom(only) : userRoom(userId))
    ;(except ? rooms.except(sessionRoom(except)) : rooms).disconnectSockets(true)
  })
}
