// English words of: notifications.
export const notify = {
  title: 'Notifications',
}
