// Chinese words of: admin.
import type { Dictionary } from '../en.ts'

export const admin: Dictionary['admin'] = {
  title: '管理后台',
}
