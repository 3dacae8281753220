// Notifications: what happened that a user should hear of, and by which ways.
import { z } from 'zod'
import type { PersonView } from './people.ts'

/**
 * `show-changed` and `show-cancelled` go to those who set a reminder; the choices of `reminder` hold for them. Those of `guard-ending` (three days
 * before) hold for `guard-last-day` and `guard-ended`, those of `goods-sent` for `goods-refunded`,
 * those of `recharged` for `ticket-refund`, `recharge-refunded` and `recharge-locked` (the wallet had spent what was paid back).
 */
export const notificationKinds = ['live', 'mentioned', 'followed', 'reminder', 'show-changed', 'show-cancelled', 'moderator', 'report-closed', 'guard-ending', 'guard-last-day', 'guard-ended', 'goods-sent', 'goods-refunded', 'ticket-refund', 'withdrawal-approved', 'withdrawal-rejected', 'withdrawal-paid', 'recharged', 'recharge-refunded', 'recharge-locked'] as const
export const notificationKindSchema = z.enum(notificationKinds)
export type NotificationKind = z.infer<typeof notificationKindSchema>

/** The kinds that a user decides about. */
export const chosenKinds = ['live', 'mentioned', 'followed', 'reminder', 'moderator', 'report-closed', 'guard-ending', 'goods-sent', 'withdrawal-paid', 'recharged'] as const
export const chosenKindSchema = z.enum(chosenKinds)
export type ChosenKind = z.infer<typeof chosenKindSchema>

/** `bell`: in the pages themselves. */
export const noticeWays = ['bell', 'push', 'email'] as const
export const noticeWaySchema = z.enum(noticeWays)
export type NoticeWay = z.infer<typeof noticeWaySchema>

export type NotificationView = {
  readonly id: string
  readonly kind: NotificationKind
  /** Who did it; null for the platform itself. */
  readonly actor: PersonView | null
  readonly channel: { readonly name: string; readonly title: string } | null
  /** A broadcast's or show's title, a message's text, … */
  readonly text: string
  /** A path of this platform. */
  readonly link: string
  readonly at: string
  readonly read: boolean
}

/** `GET /api/notifications` -> NotificationsPage, newest first. `GET /api/notifications/unread` -> UnreadView. */
export const notificationsQuerySchema = z.object({
  after: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export type UnreadView = { readonly unread: number }
/** `next` goes into `after` for the page behind this one; null at the end. */
export type NotificationsPage = UnreadView & { readonly notifications: readonly NotificationView[]; readonly next: string | null }

/** `POST /api/notifications/read` -> UnreadView; without ids: all. */
export const markReadSchema = z.object({ ids: z.array(z.string().regex(/^\d{1,19}$/)).max(100).optional() })

/** `GET /api/notifications/choices` -> ChoicesView; `PUT` the same, one choice -> ChoicesView. */
export const choiceSchema = z.object({ kind: chosenKindSchema, way: noticeWaySchema, wanted: z.boolean() })
export type Choice = z.infer<typeof choiceSchema>
export type ChoicesView = {
  readonly choices: Readonly<Record<ChosenKind, Readonly<Record<NoticeWay, boolean>>>>
  /** `unavailable`: this platform sends no e-mail; `no-address`: the user has no verified address. */
  readonly email: 'ready' | 'no-address' | 'unavailable'
}

/** `GET /api/push/key` -> PushKeyView: what a browser needs to subscribe (RFC 8292). */
export type PushKeyView = { readonly publicKey: string }
const base64url = (bytes: number) => z.string().regex(/^[\w-]+=*$/).refine((text) => Math.floor((text.replace(/=+$/, '').length * 3) / 4) === bytes, `must be ${bytes} bytes`)
/** `PUT /api/push/subscription` -> 204, `DELETE` with the endpoint alone -> 204. Keys as the browser's PushSubscription gives them (RFC 8291). */
export const pushEndpointSchema = z.object({ endpoint: z.url().max(1000) })
export const pushSubscriptionSchema = pushEndpointSchema.extend({ keys: z.object({ p256dh: base64url(65), auth: base64url(16) }) })
export type PushSubscriptionData = z.infer<typeof pushSubscriptionSchema>

export type NotifyFacts = {
  /** Something new, to each socket of the user. The same `key` twice is the same notification. */
  notified: (fact: Omit<NotificationView, 'id' | 'read'> & { key: string }) => void
  /** How many are unread now that some were read, on whichever page. */
  'notifications:counted': (fact: UnreadView) => void
}
