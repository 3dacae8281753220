// The ledger's search lives in the page's address as it was typed, and reaches the server as it wants it.
import { expect, test } from 'vitest'
import { ledgerQuerySchema } from '../../../../server/contract/wallet.ts'
import { ledgerQuery, readLedgerFilter, writeLedgerFilter } from '../../../../web/admin/ledger/ledgerFilter.ts'

const full = { user: 'mina', type: 'recharge', reference: 'order 7', transfer: 'abc', from: '2026-05-01T10:00', to: '2026-05-02T10:00', currency: 'CNY', minimum: '6.5' } as const

test('what is written into an address is read back, and nonsense is left out', () => {
  expect(readLedgerFilter(new URLSearchParams(writeLedgerFilter(full)))).toEqual(full)
  expect(writeLedgerFilter(readLedgerFilter(new URLSearchParams('type=theft&currency=gold&from=soon&tab=transfers')))).toEqual({})
})

test('the server understands the query: minor units, moments with a zone', () => {
  const query = ledgerQuerySchema.parse(Object.fromEntries(new URLSearchParams(ledgerQuery(full, '9'))))
  expect(query).toMatchObject({ user: 'mina', type: 'recharge', minimum: '650', currency: 'CNY', before: '9' })
  expect(new Date(query.from ?? '').getTime()).toBe(new Date(2026, 4, 1, 10).getTime())
})

test('a name may be written as people write it, and no amount is not asked for', () => {
  expect(readLedgerFilter(new URLSearchParams('user=@mina')).user).toBe('mina')
  expect(ledgerQuery({ ...full, minimum: 'much', currency: '' })).not.toContain('minimum')
})
