// Chinese words of: gifts.
import type { Dictionary } from '../en.ts'

export const gifts: Dictionary['gifts'] = {
  title: '礼物',
}
