import { expect, test } from 'vitest'
import { accountDifferences, unbalanced } from '../../../../server/wallet/findDifferences.ts'
import type { AccountState } from '../../../../server/wallet/findDifferences.ts'

const state: AccountState = { kind: 'user', owner: 'ada', currency: 'bean', lane: 3, balance: 5n, sum: 5n, last: 5n }

test('a row that holds what its entries say is right', () => {
  expect(accountDifferences(state)).toEqual([])
  expect(accountDifferences({ ...state, kind: 'issue', owner: '', balance: -5n, sum: -5n, last: -5n })).toEqual([])
})

test('a balance that its entries do not make is told, with both numbers', () => {
  expect(accountDifferences({ ...state, balance: 6n })).toEqual([{ check: 'balances-equal-entries', subject: 'user ada bean 3', currency: 'bean', expected: '5', found: '6' }])
})

test('a last entry that says another balance is told', () => {
  expect(accountDifferences({ ...state, last: 4n })).toMatchObject([{ check: 'balances-equal-entries', expected: '4', found: '5' }])
})

test.each(['user', 'held'])('a %s account below zero is told, even when its entries say so', (kind) => {
  expect(accountDifferences({ ...state, kind, balance: -1n, sum: -1n, last: -1n })).toMatchObject([{ check: 'users-not-negative', expected: '0', found: '-1' }])
})

test('a transfer that does not sum to zero is told', () => {
  expect(unbalanced({ id: 'a transfer', currency: 'coin', sum: -3n })).toEqual({ check: 'entries-sum-to-zero', subject: 'a transfer', currency: 'coin', expected: '0', found: '-3' })
})
