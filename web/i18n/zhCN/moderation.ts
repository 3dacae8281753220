// Chinese words of: moderation.
import type { Dictionary } from '../en.ts'

export const moderation: Dictionary['moderation'] = {
  title: '管理',
}
