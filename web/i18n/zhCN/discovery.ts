// Chinese words of: discover.
import type { Dictionary } from '../en.ts'

export const discovery: Dictionary['discovery'] = {
  title: '发现',
}
