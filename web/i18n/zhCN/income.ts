// Chinese words of: income.
import type { Dictionary } from '../en.ts'

export const income: Dictionary['income'] = {
  title: '收入',
}
