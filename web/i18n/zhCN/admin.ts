// Chinese words of: admin.
import type { Dictionary } from '../en.ts'

export const admin: Dictionary['admin'] = {
  title: '管理后台',
  sections: '后台栏目',
  section: {
    orders: '充值订单',
    packages: '充值套餐',
    gifts: '礼物',
    goods: '商品',
    withdrawals: '提现',
    rates: '费率',
    ledger: '账本',
    reconciliation: '对账',
  },
  reports: '举报处理台',
  alarm: '有情况需要查看',
  more: '显示更多',
  staffOnly: '管理后台仅供运营人员使用',
  staffOnlyBody: '你的账号不参与本平台的运营。如有需要，请联系管理员。',
  notForYou: '你无权使用此栏目',
  notForYouBody: '只有管理员可以修改这里的内容。',
}
