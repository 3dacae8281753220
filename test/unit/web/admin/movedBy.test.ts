// A transfer in one row: how much moved, and whose it was.
import { expect, test } from 'vitest'
import { movedBy, peopleIn } from '../../../../web/admin/ledger/movedBy.ts'

const entries = [
  { kind: 'user', owner: 'mina', currency: 'coin', amount: '-520' },
  { kind: 'revenue', owner: '', currency: 'coin', amount: '520' },
  { kind: 'user', owner: 'hostess', currency: 'bean', amount: '260' },
  { kind: 'issue', owner: '', currency: 'bean', amount: '-260' },
  { kind: 'clearing', owner: 'stripe', currency: 'CNY', amount: '100' },
] as const

test('what moved is what went in, currency by currency', () => {
  expect(movedBy(entries)).toEqual([{ currency: 'coin', amount: '520' }, { currency: 'bean', amount: '260' }, { currency: 'CNY', amount: '100' }])
})

test('people are named once, providers and the platform are no people', () => {
  expect(peopleIn([...entries, { kind: 'held', owner: 'mina', currency: 'coin', amount: '1' }])).toEqual(['mina', 'hostess'])
})
