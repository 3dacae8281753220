// The overview of balances adds up by kinds and currencies, exactly.
import { expect, test } from 'vitest'
import { balanceTable, circulating } from '../../../../web/admin/ledger/balanceTable.ts'

const view = (kind: 'user' | 'issue' | 'revenue' | 'clearing' | 'sales', currency: 'coin' | 'bean' | 'CNY', balance: string, owner = '') => ({ kind, owner, currency, balance, accounts: 1 })

test('kinds stand in their order, providers apart, and sound books sum to zero', () => {
  const table = balanceTable([view('sales', 'CNY', '-900'), view('clearing', 'CNY', '300', 'stripe'), view('clearing', 'CNY', '600', 'alipay'), view('issue', 'coin', '-90071992547409931'), view('user', 'coin', '90071992547409930'), view('revenue', 'coin', '1')])
  expect(table.rows.map(({ kind, owner }) => `${kind} ${owner}`.trim())).toEqual(['user', 'revenue', 'issue', 'clearing alipay', 'clearing stripe', 'sales'])
  expect(table.currencies).toEqual(['coin', 'CNY'])
  expect(table.sums).toEqual({ coin: '0', CNY: '0' })
  expect(circulating(table, 'coin')).toBe('90071992547409931')
  expect(circulating(table, 'bean')).toBe('0')
})

test('books that do not agree show it in the sum', () => {
  expect(balanceTable([view('user', 'coin', '5'), view('issue', 'coin', '-4')]).sums).toEqual({ coin: '1' })
})
