// Assembles paid shows: tickets, minutes, previews, refunds.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Visitors } from '../accounts/Visitors.ts'
import type { Channels } from '../channels/Channels.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Live } from '../live/Live.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { userRoom } from '../realtime/createSocketServer.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { Minutes } from './Minutes.ts'
import { Previews } from './Previews.ts'
import { Refunds } from './Refunds.ts'
import { TicketOffice } from './TicketOffice.ts'
import { ticketRoutes } from './ticketRoutes.ts'
import { TicketSales } from './TicketSales.ts'

const ORDERS = { points: 60, duration: 60 }

export type TicketsDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly sockets: FootlightServer
  readonly visitors: Visitors
  readonly channels: Channels
  readonly live: Live
  readonly standings: Standings
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly rates: RateBook
  readonly log: Logger
}
export type Tickets = Slice & { readonly office: TicketOffice }

export function createTickets({ settings, database, redis, bus, sockets, visitors, channels, live, standings, notifications, outbox, ledger, rates, log }: TicketsDeps): Tickets {
  const graceMs = settings.GRACE_SECONDS * 1000
  const sales = new TicketSales({ database, outbox, ledger, rates, graceMs })
  const minutes = new Minutes({ database, outbox, ledger, rates })
  const office = new TicketOffice({ database, standings, previews: new Previews({ database }), minutes, sales, bus })
  const refunds = new Refunds({ settings, database, live, ledger, outbox, notifications, graceMs, log })
  outbox.on('ticket-changed', async ({ channelId, userId, broadcastId }) => {
    const channel = await findChannel(database, { id: channelId })
    // Servers first: who asks anew at the page's word finds them knowing.
    bus.tell('ticket-changed', { channelId, userId, broadcastId })
    if (channel) sockets.to(userRoom(userId)).emit('ticket:changed', { channel: channel.name, broadcastId })
  })
  const orders = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:tickets', ...ORDERS })
  return {
    office,
    routes: [ticketRoutes({ database, channels, visitors, standings, rates, office, sales, minutes, orders })],
    close: async () => {
      office.close()
      await refunds.close()
    },
  }
}
