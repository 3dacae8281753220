// What the ledger promises when processes and the database die at any moment: what was acknowledged is there, once, and was told; everything adds up.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { Outbox } from '../../server/db/Outbox.ts'
import { startPrivateMariadb } from '../../server/setup/privateMariadb.ts'
import type { PrivateServer } from '../../server/setup/PrivateServer.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import { Reconciliation } from '../../server/wallet/Reconciliation.ts'
import { eventually } from '../support/eventually.ts'

const DEATHS = 6
const COINS = 1_000_000n
const log = createLogger({ name: 'test', level: 'silent' })
const people = Array.from({ length: 5 }, () => newId<UserId>())
/** Key of each acknowledged gift, with its transfer. */
const acknowledged = new Map<string, string>()
const told = new Set<string>()

let folder: string
let mariadb: PrivateServer
let database: Database
const posters = new Set<ChildProcess>()
const start = () => startPrivateMariadb({ dataDir: join(folder, 'mariadb'), log: () => undefined })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footlight-ledger-'))
  mariadb = await start()
  database = openDatabase({ url: mariadb.url })
  await migrate(database)
  const ledger = new Ledger({ database })
  for (const userId of people)
    await ledger.post({ type: 'correction', scope: 'test', key: newId(), request: {} }, () => ({
      legs: [
        { account: userAccount(userId, 'coin'), amount: COINS },
        { account: platformAccount('issue', 'coin'), amount: -COINS },
      ],
      reference: 'test',
    }))
}, 60_000)
afterAll(async () => {
  for (const poster of posters) poster.kill('SIGKILL')
  await database?.destroy()
  await mariadb?.stop()
  await rm(folder, { recursive: true, force: true })
})

function spawnPoster(): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../support/postForever.ts'), mariadb.url, ...people], { stdio: ['ignore', 'pipe', 'inherit'] })
  posters.add(child)
  child.once('exit', () => posters.delete(child))
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const [what, key = '', transferId = ''] = line.split(' ')
    if (what === 'told') told.add(key)
    // A line that was cut off by death is no answer.
    else if (what === 'acknowledged' && transferId.length === 16) acknowledged.set(key, transferId)
  })
  return child
}

async function killAndRestartMariadb(): Promise<void> {
  process.kill(mariadb.pid, 'SIGKILL')
  await mariadb.exited
  mariadb = await start()
}

test('posting processes and the database are killed at random moments: every acknowledged gift is there once and was told, and the books agree', async () => {
  let poster = spawnPoster()
  spawnPoster()
  for (let death = 0; death < DEATHS; death += 1) {
    const before = acknowledged.size
    await eventually('gifts are acknowledged', () => acknowledged.size > before + 20, 30_000)
    await wait(Math.random() * 700)
    if (death % 3 === 2) await killAndRestartMariadb()
    else {
      const gone = once(poster, 'exit')
      poster.kill('SIGKILL')
      await gone
      poster = spawnPoster()
    }
  }
  const last = acknowledged.size
  await eventually('it goes on after the last death', () => acknowledged.size > last + 20, 30_000)
  await Promise.all([...posters].map(async (child) => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }))

  // What the dead did not tell is told by who comes after them.
  const heir = new Outbox({ database, log })
  heir.on('goods-order-changed', async ({ orderId }) => void told.add(orderId))
  heir.start()
  await eventually('nothing waits to be told', async () => (await database('outbox').first('id')) === undefined, 20_000)
  await heir.close()

  const transfers = (await database('ledger_transfers').where({ type: 'gift' }).select('id', 'reference')) as Array<{ id: string; reference: string }>
  const byKey = new Map(transfers.map(({ id, reference }) => [reference, id]))
  expect(byKey.size).toBe(transfers.length)
  expect([...acknowledged].filter(([key, transferId]) => byKey.get(key) !== transferId)).toEqual([])
  // Nothing unpaid was told, and nothing paid was not.
  expect(told).toEqual(new Set(transfers.map(({ id }) => id)))
  expect((await new Reconciliation({ database, log }).run('cli')).differences).toEqual([])
  const ledger = new Ledger({ database })
  const owned = await Promise.all(people.flatMap((userId) => [ledger.balanceOf(userAccount(userId, 'coin')), ledger.balanceOf(userAccount(userId, 'bean'))]))
  expect(owned.reduce((sum, balance) => sum + balance, 0n)).toBe(COINS * BigInt(people.length))
}, 120_000)
