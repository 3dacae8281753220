// Chinese words of: guard.
import type { Dictionary } from '../en.ts'

export const guard: Dictionary['guard'] = {
  title: '守护',
}
