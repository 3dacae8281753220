// Chinese words of: recharge.
import type { Dictionary } from '../en.ts'

export const recharge: Dictionary['recharge'] = {
  title: '充值',
}
