// Chinese words of: messages.
import type { Dictionary } from '../en.ts'

export const privateChat: Dictionary['privateChat'] = {
  title: '私信',
}
