// The ledger against a simple model of it: whatever is asked in whatever order, both say the same.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { UserId } from '../../server/contract/ids.ts'
import type { AppError } from '../../server/core/AppError.ts'
import { newId } from '../../server/core/newId.ts'
import { heldAccount, mayBeNegative, nameOf, platformAccount, userAccount } from '../../server/wallet/ledgerAccounts.ts'
import type { Leg } from '../../server/wallet/ledgerAccounts.ts'
import { lockWallet, unlockWallet } from '../../server/wallet/walletLock.ts'
import { openLedger } from '../support/openLedger.ts'
import type { TestLedger } from '../support/openLedger.ts'

let books: TestLedger
beforeAll(async () => (books = await openLedger(inject('databaseUrl'))))
afterAll(() => books?.close())

const PEOPLE = 3
const person = fc.nat(PEOPLE - 1)
const amount = fc.oneof(fc.bigInt({ min: 1n, max: 60n }), fc.constant(1_000_000_000_000n))
/** `key`: few, so that many are used again, with the same request or another. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('buy' as const), who: person, amount, key: fc.nat(30) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('gift' as const), who: person, to: person, amount, key: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('hold' as const), who: person, amount, key: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('release' as const), who: person, amount, key: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reverse' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('lock' as const), who: person }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('unlock' as const), who: person }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Move = Extract<Step, { key: number }>

const legsOf = (move: Move, people: readonly UserId[]): Leg[] => {
  const who = people[move.who] as UserId
  const pair = (from: Leg['account'], to: Leg['account'], amount: bigint): Leg[] => (amount === 0n ? [] : [{ account: from, amount: -amount }, { account: to, amount }])
  if (move.act === 'buy') return pair(platformAccount('issue', 'coin'), userAccount(who, 'coin'), move.amount)
  if (move.act === 'hold') return pair(userAccount(who, 'bean'), heldAccount(who, 'bean'), move.amount)
  if (move.act === 'release') return pair(heldAccount(who, 'bean'), userAccount(who, 'bean'), move.amount)
  return [...pair(userAccount(who, 'coin'), platformAccount('revenue', 'coin'), move.amount), ...pair(platformAccount('issue', 'bean'), userAccount(people[move.to] as UserId, 'bean'), move.amount / 2n)]
}

/** What a ledger is, with nothing that makes it last. */
class Model {
  readonly balances = new Map<string, bigint>()
  readonly locked = new Set<string>()
  readonly #done = new Map<string, string>()
  readonly #reversed = new Set<string>()

  post({ key, request, legs, reverses }: { key: string; request: string; legs: readonly Leg[]; reverses?: string }): string {
    const former = this.#done.get(key)
    if (former !== undefined) return former === request ? 'repeated' : 'key-reused'
    for (const { account, amount } of legs) {
      if (amount > 0n || mayBeNegative(account)) continue
      if (account.kind === 'user' && this.locked.has(account.owner)) return 'wallet-locked'
      if ((this.balances.get(nameOf(account)) ?? 0n) < -amount) return 'insufficient-funds'
    }
    if (reverses !== undefined && this.#reversed.has(reverses)) return 'state-changed'
    if (reverses !== undefined) this.#reversed.add(reverses)
    for (const { account, amount } of legs) this.balances.set(nameOf(account), (this.balances.get(nameOf(account)) ?? 0n) + amount)
    this.#done.set(key, request)
    return 'done'
  }
}

test('any sequence of purchases, gifts, holds, repeats, reversals and locks comes out as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const people = Array.from({ length: PEOPLE }, () => newId<UserId>())
      const scope = newId<string>()
      const model = new Model()
      const posted: Array<{ transferId: string; legs: readonly Leg[] }> = []
      const before = await platform()
      for (const one of steps) {
        if (one.act === 'lock' || one.act === 'unlock') {
          const userId = people[one.who] as UserId
          await books.database.transaction((transaction) => (one.act === 'lock' ? lockWallet : unlockWallet)(transaction, userId))
          if (one.act === 'lock') model.locked.add(userId)
          else model.locked.delete(userId)
          continue
        }
        const target = one.act === 'reverse' ? posted[one.which % Math.max(1, posted.length)] : undefined
        if (one.act === 'reverse' && !target) continue
        const legs = target ? await books.ledger.reversalOf(target.transferId) : legsOf(one as Move, people)
        const key = one.act === 'reverse' ? newId<string>() : String(one.key)
        const request = one.act === 'reverse' ? {} : { ...one, amount: String(one.amount) }
        const outcome = await books.ledger
          .post({ type: 'correction', scope, key, request }, () => ({ legs, reference: 'model', ...(target ? { reverses: target.transferId } : {}) }))
          .then(
            ({ repeated, transferId }) => {
              if (!repeated && !target) posted.push({ transferId, legs })
              return repeated ? 'repeated' : 'done'
            },
            (error: AppError) => error.code,
          )
        expect(outcome).toBe(model.post({ key, request: JSON.stringify(request), legs, ...(target ? { reverses: target.transferId } : {}) }))
      }
      for (const userId of people)
        for (const account of [userAccount(userId, 'coin'), userAccount(userId, 'bean'), heldAccount(userId, 'bean')]) expect(await books.ledger.balanceOf(account)).toBe(model.balances.get(nameOf(account)) ?? 0n)
      const after = await platform()
      for (const [name, value] of after) expect(value - (before.get(name) ?? 0n)).toBe(model.balances.get(name) ?? 0n)
    }),
    { numRuns: 15, endOnFailure: true },
  )
  expect((await books.reconcile()).differences).toEqual([])
}, 120_000)

async function platform(): Promise<Map<string, bigint>> {
  const accounts = [platformAccount('issue', 'coin'), platformAccount('revenue', 'coin'), platformAccount('issue', 'bean')]
  return new Map(await Promise.all(accounts.map(async (account) => [nameOf(account), await books.ledger.balanceOf(account)] as const)))
}

test('the same things at the same time on two servers: each key is done once, nobody is overdrawn, and the books agree', async () => {
  const ledgers = [books.ledger, books.another()]
  await fc.assert(
    fc.asyncProperty(fc.array(step.filter((one) => 'key' in one), { minLength: 20, maxLength: 60 }), async (steps) => {
      const people = Array.from({ length: PEOPLE }, () => newId<UserId>())
      const scope = newId<string>()
      const results = await Promise.all(
        (steps as Move[]).flatMap((one) =>
          ledgers.map((ledger) => {
            const legs = legsOf(one, people)
            return ledger.post({ type: 'correction', scope, key: String(one.key), request: { ...one, amount: String(one.amount) } }, () => ({ legs, reference: 'model' })).then(
              ({ transferId, repeated }) => ({ transferId, repeated, legs }),
              (error: AppError) => {
                expect(['insufficient-funds', 'key-reused']).toContain(error.code)
                return undefined
              },
            )
          }),
        ),
      )
      const first = results.filter((result) => result !== undefined && !result.repeated)
      const ids = first.map((result) => result?.transferId)
      expect(new Set(ids).size).toBe(ids.length)
      const totals = new Map<string, bigint>()
      for (const result of first) for (const { account, amount } of result?.legs ?? []) totals.set(nameOf(account), (totals.get(nameOf(account)) ?? 0n) + amount)
      for (const userId of people)
        for (const account of [userAccount(userId, 'coin'), userAccount(userId, 'bean'), heldAccount(userId, 'bean')]) {
          const balance = await books.ledger.balanceOf(account)
          expect(balance).toBe(totals.get(nameOf(account)) ?? 0n)
          expect(balance).toBeGreaterThanOrEqual(0n)
        }
    }),
    { numRuns: 5, endOnFailure: true },
  )
  expect((await books.reconcile()).differences).toEqual([])
}, 120_000)
