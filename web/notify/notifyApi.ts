// The HTTP API of notifications by name.
import type { Choice, ChoicesView, NotificationsPage, PushKeyView, PushSubscriptionData, UnreadView } from '../../server/contract/notify.ts'
import { requestJson } from '../client/requestJson.ts'

export const notifyApi = {
  page: (after: string | null, signal?: AbortSignal) => requestJson<NotificationsPage>(`/api/notifications${after === null ? '' : `?after=${after}`}`, { signal }),
  unread: () => requestJson<UnreadView>('/api/notifications/unread'),
  /** Without ids: all. */
  read: (ids?: readonly string[]) => requestJson<UnreadView>('/api/notifications/read', { method: 'POST', body: ids === undefined ? {} : { ids } }),
  choices: (signal?: AbortSignal) => requestJson<ChoicesView>('/api/notifications/choices', { signal }),
  choose: (choice: Choice) => requestJson<ChoicesView>('/api/notifications/choices', { method: 'PUT', body: choice }),
  pushKey: () => requestJson<PushKeyView>('/api/push/key'),
  subscribe: (subscription: PushSubscriptionData) => requestJson<undefined>('/api/push/subscription', { method: 'PUT', body: subscription }),
  unsubscribe: (endpoint: string) => requestJson<undefined>('/api/push/subscription', { method: 'DELETE', body: { endpoint } }),
} as const
