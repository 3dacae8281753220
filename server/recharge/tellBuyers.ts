// Tells buyers that their coins came, or went back with a payment.
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Notifications } from '../notify/Notifications.ts'

export function tellBuyers({ notifications }: { notifications: Notifications }): (fact: OutboxFacts['order-changed']) => Promise<void> {
  return async ({ orderId, userId, step, coins, locked, transferId }) => {
    const kind = step === 'credited' ? 'recharged' : locked ? 'recharge-locked' : 'recharge-refunded'
    await notifications.add({ kind, userIds: [userId], actorId: null, channelId: null, text: `${step === 'credited' ? '+' : '−'}${coins}`, link: `/recharge/${orderId}`, key: `order-${transferId}` })
  }
}
