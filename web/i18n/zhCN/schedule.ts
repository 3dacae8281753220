// Chinese words of: schedule.
import type { Dictionary } from '../en.ts'

export const schedule: Dictionary['schedule'] = {
  title: '预告',
}
