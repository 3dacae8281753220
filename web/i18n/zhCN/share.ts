// Chinese words of: share.
import type { Dictionary } from '../en.ts'

export const share: Dictionary['share'] = {
  title: '分享',
}
