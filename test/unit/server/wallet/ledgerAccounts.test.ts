import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { heldAccount, lanesOf, newRowId, platformAccount, userAccount } from '../../../../server/wallet/ledgerAccounts.ts'

const ada = 'ada' as UserId

test('rows are locked from what one person spends from to what everybody meets in', () => {
  for (let tried = 0; tried < 100; tried += 1) {
    const ids = [userAccount(ada, 'coin'), heldAccount(ada, 'coin'), heldAccount(ada, 'bean'), userAccount(ada, 'bean'), platformAccount('revenue', 'coin')].map((account) => BigInt(newRowId(account)))
    expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)))
    expect(ids.at(-1)).toBeLessThan(2n ** 53n)
  }
})

test('what many write to lies in several rows', () => {
  expect(lanesOf(platformAccount('issue', 'bean'))).toBe(16)
  expect(lanesOf(userAccount(ada, 'bean'))).toBe(8)
  expect([userAccount(ada, 'coin'), heldAccount(ada, 'coin'), heldAccount(ada, 'bean')].map(lanesOf)).toEqual([1, 1, 1])
})
