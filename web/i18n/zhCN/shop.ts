// Chinese words of: shop.
import type { Dictionary } from '../en.ts'

export const shop: Dictionary['shop'] = {
  title: '商城',
}
