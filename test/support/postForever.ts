// A process that posts gifts without end and says on standard output which were acknowledged and which were told; tests kill it.
import { setTimeout as wait } from 'node:timers/promises'
import type { UserId } from '../../server/contract/ids.ts'
import { createLogger } from '../../server/core/logger.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { Outbox } from '../../server/db/Outbox.ts'
import { Ledger } from '../../server/wallet/Ledger.ts'
import { platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'

/** Arguments: the database's URL, and the ids of the people who give to each other. */
const [url = '', ...people] = process.argv.slice(2)
const SENDERS = 8

const database = openDatabase({ url })
const outbox = new Outbox({ database, log: createLogger({ name: 'poster', level: 'silent' }) })
const ledger = new Ledger({ database })
const say = (line: string) => process.stdout.write(`${line}\n`)
const anyone = () => people[Math.floor(Math.random() * people.length)] as UserId

outbox.on('goods-order-changed', async ({ orderId }) => void say(`told ${orderId}`))
outbox.start()
for (let sender = 0; sender < SENDERS; sender += 1) void give()

async function give(): Promise<never> {
  for (;;) {
    const [from, to, key] = [anyone(), anyone(), newId<string>()]
    const coins = BigInt(1 + Math.floor(Math.random() * 5))
    // As a page does: the same key until there is an answer.
    for (let acknowledged = false; !acknowledged; ) {
      try {
        const { transferId } = await ledger.post({ type: 'gift', scope: `gift:${from}`, key, request: { to, coins: String(coins) } }, (transaction) => ({
          legs: [
            { account: userAccount(from, 'coin'), amount: -coins },
            { account: platformAccount('revenue', 'coin'), amount: coins },
            { account: platformAccount('issue', 'bean'), amount: -coins },
            { account: userAccount(to, 'bean'), amount: coins },
          ],
          reference: key,
          record: ({ transferId: orderId }) => outbox.write(transaction, 'goods-order-changed', { orderId, userId: from }),
        }))
        say(`acknowledged ${key} ${transferId}`)
        acknowledged = true
      } catch {
        await wait(50)
      }
    }
  }
}
