// The one way money moves: a transfer between accounts, posted whole or not at all, once for each key.
import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Knex } from 'knex'
import type { TransferType } from '../contract/wallet.ts'
import { AppError } from '../core/AppError.ts'
import { isUnreachable } from '../core/isUnreachable.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { isDuplicate } from '../db/isDuplicate.ts'
import { transact } from '../db/transact.ts'
import { AccountBook, MissingAccount } from './AccountBook.ts'
import { canonicalJson } from './canonicalJson.ts'
import { checkLegs } from './checkLegs.ts'
import type { AccountRef, Leg } from './ledgerAccounts.ts'
import { moveBalances } from './moveBalances.ts'

/** How often one transfer may find accounts missing that were opened for it: never twice, unless somebody takes them away. */
const OPENINGS = 3
/** The unique index that lets nobody take a transfer back twice. */
const REVERSED_ONCE = 'ledger_transfers_reverses_unique'

export type TransferCommand = {
  readonly type: TransferType
  /** Whose key it is, such as `gift:USER`: the same key of somebody else is another one. */
  readonly scope: string
  /** The same key with the same `request` is done once and answered alike. */
  readonly key: string
  /** What was asked for, as plain JSON (no bigint). */
  readonly request: unknown
}

/** What the transfer moves, and what else becomes true with it. */
export type TransferPlan<R> = {
  /** Per currency they sum to zero. None: nothing moves, and only `record` is done. */
  readonly legs: readonly Leg[]
  /** The order, gift or withdrawal it is for. */
  readonly reference: string
  /** Words for statements; at most 200 characters. */
  readonly note?: string
  /** The transfer that this one takes back; a transfer can be reversed once. */
  readonly reverses?: string
  /** Also from a locked wallet: what a provider takes back. */
  readonly evenIfLocked?: boolean
  /** Writes what belongs to it in the same transaction: records, `outbox.write`. @returns plain JSON that repeats are answered with */
  readonly record?: (posted: { readonly transferId: string; readonly at: Date }) => Promise<R>
}

export type Posted<R> = { readonly transferId: string; readonly at: Date; readonly result: R; /** It had been done before. */ readonly repeated: boolean }

type LedgerEvents = {
  /** After the commit, on this server. */
  posted: [{ readonly transferId: string; readonly legs: readonly Leg[] }]
}
type TransferRow = { id: string; request_hash: string; result: string; at: Date }

export class Ledger extends EventEmitter<LedgerEvents> {
  readonly #database: Database
  readonly #accounts = new AccountBook()

  constructor({ database }: { database: Database }) {
    super()
    this.#database = database
  }

  /**
   * Posts one transfer. `plan` runs inside the transaction, and again when a deadlock or a lock wait rolled it back, so it may change nothing but
   * the database, and must not speak to the network. Rows that it decides by must be read `forUpdate`.
   * @throws AppError key-reused, insufficient-funds, wallet-locked, state-changed (taken back before), unavailable, and what `plan` throws
   */
  async post<R = null>(command: TransferCommand, plan: (transaction: Knex.Transaction) => Promise<TransferPlan<R>> | TransferPlan<R>): Promise<Posted<R>> {
    const hash = createHash('sha256').update(canonicalJson(command.request)).digest('base64url')
    const former = await this.#former<R>(command, hash)
    if (former) return former
    let legs: readonly Leg[] = []
    let posted: Posted<R>
    const attempt = async (transaction: Knex.Transaction): Promise<Posted<R>> => {
      const planned = await plan(transaction)
      legs = planned.legs
      return this.#write(transaction, command, hash, planned)
    }
    try {
      // What is decided by is locked, so nothing more is gained by a snapshot, and no gaps are locked that others want to write into.
      posted = await this.#openingAccounts(() => transact(this.#database, attempt, { isolation: 'read committed' }))
    } catch (error) {
      // What was asked twice at once may fail the second time by what the first one changed.
      const done = isUnreachable(error) ? undefined : await this.#former<R>(command, hash)
      if (done) return done
      if (isDuplicate(error) && error.message.includes(REVERSED_ONCE)) throw new AppError('state-changed', { cause: error, message: 'This transfer has been taken back before' })
      throw error
    }
    if (legs.length > 0) this.emit('posted', { transferId: posted.transferId, legs })
    return posted
  }

  /** What a transfer moved, turned round: the legs of one that takes it back. @throws AppError transfer-not-found */
  async reversalOf(transferId: string, within: Database = this.#database): Promise<readonly Leg[]> {
    const rows = (await within('ledger_entries')
      .join('ledger_accounts', 'ledger_accounts.id', 'ledger_entries.account_id')
      .where({ transfer_id: transferId })
      .groupBy('kind', 'owner', 'currency')
      .select('kind', 'owner', 'currency')
      .sum({ amount: 'amount' })) as Array<AccountRef & { amount: string }>
    if (rows.length === 0) throw new AppError('transfer-not-found', { message: 'There is no such transfer' })
    return rows.map(({ kind, owner, currency, amount }) => ({ account: { kind, owner, currency }, amount: -BigInt(amount) }))
  }

  /** The owner's whole balance, in minor units. @param within a transaction, to read what it sees */
  async balanceOf({ kind, owner, currency }: AccountRef, within: Database = this.#database): Promise<bigint> {
    const [row] = (await within('ledger_accounts').where({ kind, owner, currency }).sum({ balance: 'balance' })) as Array<{ balance: string | number | null }>
    return BigInt(row?.balance ?? 0)
  }

  async #write<R>(transaction: Knex.Transaction, { type, scope, key }: TransferCommand, hash: string, { legs, reference, note = '', reverses, evenIfLocked = false, record }: TransferPlan<R>): Promise<Posted<R>> {
    checkLegs(legs)
    const transferId = newId()
    const at = new Date()
    const moved = await moveBalances(transaction, { accounts: this.#accounts, legs, evenIfLocked })
    const result = ((await record?.({ transferId, at })) ?? null) as R
    await transaction('ledger_transfers').insert({
      id: transferId,
      type,
      reference,
      note: [...note].slice(0, 200).join(''),
      scope,
      idempotency_key: key,
      request_hash: hash,
      reverses: reverses ?? null,
      result: JSON.stringify(result),
      at,
    })
    if (moved.length > 0) await transaction('ledger_entries').insert(moved.map(({ accountId, amount, balance }) => ({ transfer_id: transferId, account_id: accountId, amount: String(amount), balance: String(balance) })))
    return { transferId, at, result, repeated: false }
  }

  /** Accounts are opened between two attempts: a transaction that waits for another connection of its pool may wait for ever. */
  async #openingAccounts<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof MissingAccount) || tried > OPENINGS) throw error
        await this.#accounts.open(this.#database, error.accounts)
      }
    }
  }

  async #former<R>({ scope, key }: TransferCommand, hash: string): Promise<Posted<R> | undefined> {
    const row = (await this.#database('ledger_transfers').where({ scope, idempotency_key: key }).first('id', 'request_hash', 'result', 'at')) as TransferRow | undefined
    if (!row) return undefined
    if (row.request_hash !== hash) throw new AppError('key-reused', { message: 'This idempotency key was used for another request' })
    return { transferId: row.id, at: row.at, result: JSON.parse(row.result) as R, repeated: true }
  }
}
