// The bell in the header: how many notifications are unread, and the latest of them.
export function NotificationBell() {
  return null
}
