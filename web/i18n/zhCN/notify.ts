// Chinese words of: notifications.
import type { Dictionary } from '../en.ts'

export const notify: Dictionary['notify'] = {
  title: '通知',
}
