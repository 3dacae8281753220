// `/settings/notifications`: what one wants to hear of, and by which way.

export function NotificationSettings() {
  return null
}
