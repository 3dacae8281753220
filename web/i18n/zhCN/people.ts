// Chinese words of: people.
import type { Dictionary } from '../en.ts'

export const people: Dictionary['people'] = {
  title: '用户',
}
