// Chinese words of: tickets.
import type { Dictionary } from '../en.ts'

export const tickets: Dictionary['tickets'] = {
  title: '门票',
}
