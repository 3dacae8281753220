// `ledger reconcile` as an operator, or a timer of theirs, runs it: one JSON line, and an exit code that says whether the books agree.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { ReconciliationView } from '../../server/contract/wallet.ts'
import { newId } from '../../server/core/newId.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { openLedger } from '../support/openLedger.ts'
import type { TestLedger } from '../support/openLedger.ts'

let books: TestLedger
beforeAll(async () => (books = await openLedger(inject('databaseUrl'))))
afterAll(() => books?.close())

async function reconcile(): Promise<{ code: number; view: ReconciliationView }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../../server/cli.ts'), 'ledger', 'reconcile'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: books.url, REDIS_URL: inject('redisUrl'), APP_SECRET: 'the secret of a test installation', INTERNAL_SECRET: 'the secret of bridge and server' },
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, view: JSON.parse(output) as ReconciliationView }
}

test('it says that the books agree, or what differs, and tells them apart by the exit code', async () => {
  const ada = newId<UserId>()
  await books.ledger.post({ type: 'correction', scope: 'test', key: newId(), request: {} }, () => ({
    legs: [
      { account: userAccount(ada, 'coin'), amount: 9n },
      { account: platformAccount('issue', 'coin'), amount: -9n },
    ],
    reference: 'test',
  }))
  const good = await reconcile()
  expect(good).toMatchObject({ code: 0, view: { trigger: 'cli', transfers: '1', differences: [] } })
  await books.database('ledger_accounts').where({ owner: ada }).update({ balance: 90 })
  const bad = await reconcile()
  expect(bad).toMatchObject({ code: 1, view: { differences: [{ check: 'balances-equal-entries', expected: '9', found: '90' }] } })
  // It mends nothing.
  expect(await books.ledger.balanceOf(userAccount(ada, 'coin'))).toBe(90n)
})
