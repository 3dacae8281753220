// The host hears what becomes of a withdrawal: once a step, however often the outbox tells it.
import type { UserId } from '../contract/ids.ts'
import type { OutboxFacts } from '../contract/outbox.ts'
import { majorUnits } from '../core/majorUnits.ts'
import type { Database } from '../db/openDatabase.ts'
import type { NotificationKind, Notifications } from '../notify/Notifications.ts'
import { findWithdrawal } from './withdrawalStore.ts'

const kinds: Partial<Record<OutboxFacts['withdrawal-changed']['state'], NotificationKind>> = { approved: 'withdrawal-approved', rejected: 'withdrawal-rejected', paid: 'withdrawal-paid' }

export function tellOwner({ database, notifications }: { database: Database; notifications: Notifications }): (fact: OutboxFacts['withdrawal-changed']) => Promise<void> {
  return async ({ withdrawalId, userId, state }) => {
    const kind = kinds[state]
    if (!kind) return
    const { money, currency, reason } = await findWithdrawal(database, withdrawalId)
    const sum = `${majorUnits(money, currency)} ${currency}`
    await notifications.add({ kind, userIds: [userId as UserId], actorId: null, channelId: null, text: reason === '' ? sum : `${sum} · ${reason}`, link: '/studio?tab=income', key: `withdrawal:${withdrawalId}:${state}` })
  }
}
