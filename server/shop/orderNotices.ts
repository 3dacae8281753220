// Tells a buyer that the goods are on their way, or that the coins came back.
import { findUser } from '../accounts/userStore.ts'
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Notifications } from '../notify/Notifications.ts'
import { readOrder } from './orderStore.ts'

/** @returns what hears of changed orders; it may be told the same again */
export function orderNotices({ database, notifications }: { database: Database; notifications: Notifications }): (fact: OutboxFacts['goods-order-changed']) => Promise<void> {
  return async ({ orderId, userId }) => {
    const [order, buyer] = await Promise.all([readOrder(database, orderId), findUser(database, { id: userId })])
    if (!order || !buyer || order.buyerGone || (order.state !== 'sent' && order.state !== 'cancelled')) return
    const text = buyer.language === 'zh-CN' ? order.name_zh : order.name_en
    await notifications.add({ kind: order.state === 'sent' ? 'goods-sent' : 'goods-refunded', userIds: [userId], actorId: null, channelId: null, text, link: '/shop?show=orders', key: `goods-${orderId}-${order.state}` })
  }
}
