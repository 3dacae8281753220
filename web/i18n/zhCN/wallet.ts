// Chinese words of: wallet.
import type { Dictionary } from '../en.ts'

export const wallet: Dictionary['wallet'] = {
  title: '钱包',
  coins: '金币',
  beans: '豆子',
  chip: '钱包：{{coins}} 金币',
}
