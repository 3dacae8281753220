// Chinese words of: chat.
import type { Dictionary } from '../en.ts'

export const chat: Dictionary['chat'] = {
  title: '聊天',
}
