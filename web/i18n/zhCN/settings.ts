// Chinese words of: settings.
import type { Dictionary } from '../en.ts'

export const settings: Dictionary['settings'] = {
  title: '设置',
}
