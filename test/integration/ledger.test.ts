// The ledger on a real database: what is posted adds up, once, whoever asks how often.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { freshDatabase } from '../support/freshDatabase.ts'

let database: Database
let ledger: Ledger
beforeAll(async () => {
  database = openDatabase({ url: await freshDatabase(inject('databaseUrl')) })
  await migrate(database)
  ledger = new Ledger({ database })
})
afterAll(() => database?.destroy())

const give = (userId: UserId, amount: bigint, key = newId<string>()) =>
  ledger.post({ type: 'correction', scope: 'test', key, request: { userId, amount: String(amount) } }, () => ({
    legs: [
      { account: userAccount(userId, 'coin'), amount },
      { account: platformAccount('issue', 'coin'), amount: -amount },
    ],
    reference: 'test',
  }))

test('a transfer moves what it says, and its repeat moves nothing', async () => {
  const ada = newId<UserId>()
  const first = await give(ada, 500n, 'the-same-key')
  const second = await give(ada, 500n, 'the-same-key')
  expect(second).toMatchObject({ repeated: true, transferId: first.transferId })
  expect(await ledger.balanceOf(userAccount(ada, 'coin'))).toBe(500n)
  await expect(give(ada, 501n, 'the-same-key')).rejects.toMatchObject({ code: 'key-reused' })
})

test('fifty who spend one wallet at once spend what is in it, and no more', async () => {
  const ben = newId<UserId>()
  await give(ben, 100n)
  const spent = await Promise.allSettled(
    Array.from({ length: 50 }, (_, at) =>
      ledger.post({ type: 'gift', scope: `gift:${ben}`, key: `spend-${at}`, request: { at } }, () => ({
        legs: [
          { account: userAccount(ben, 'coin'), amount: -3n },
          { account: platformAccount('revenue', 'coin'), amount: 3n },
        ],
        reference: `spend-${at}`,
      })),
    ),
  )
  expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(33)
  expect(await ledger.balanceOf(userAccount(ben, 'coin'))).toBe(1n)
  for (const one of spent) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'insufficient-funds' })
})
