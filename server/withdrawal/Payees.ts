// Where each person's money is paid to: sealed at rest, masked to its owner, whole to staff alone; and whether the name was verified.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import { payeeSchema } from '../contract/withdrawal.ts'
import type { Payee, PayeeVerified, PayeeView } from '../contract/withdrawal.ts'
import { AppError } from '../core/AppError.ts'
import { seal, unseal } from '../core/seal.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Audit } from '../moderation/Audit.ts'
import { maskPayee } from './maskPayee.ts'

const PURPOSE = 'payees'

export type StoredPayee = { readonly sealed: Buffer; readonly verified: boolean; readonly verifiedBy: UserId | null; readonly verifiedAt: Date | null }
type Row = { sealed: Buffer; verified: number; verified_by: UserId | null; verified_at: Date | null }

export class Payees {
  readonly #database: Database
  readonly #audit: Audit
  readonly #secret: string

  constructor({ database, audit, secret }: { database: Database; audit: Audit; secret: string }) {
    this.#database = database
    this.#audit = audit
    this.#secret = secret
  }

  async view(userId: UserId): Promise<PayeeView | null> {
    const stored = await this.find(userId)
    return stored ? { ...maskPayee(this.open(stored.sealed)), verified: stored.verified } : null
  }

  async set(userId: UserId, payee: Payee): Promise<PayeeView> {
    const sealed = seal(JSON.stringify(payee), { secret: this.#secret, purpose: PURPOSE })
    await transact(this.#database, async (transaction) => {
      const stored = await this.lock(transaction, userId)
      const sameHolder = stored !== undefined && this.open(stored.sealed).holder === payee.holder
      const doubt = sameHolder ? {} : { verified: false, verified_by: null, verified_at: null }
      await transaction('payees').insert({ user_id: userId, sealed, updated_at: new Date(), ...doubt }).onConflict('user_id').merge()
    })
    return (await this.view(userId)) as PayeeView
  }

  /** An operator has seen who it is; stands in for real-name verification. @throws AppError payee-missing, state-changed (not the name that was seen), forbidden for one's own name */
  async setVerified(actorId: UserId, userId: UserId, { verified, reason, holder }: PayeeVerified): Promise<void> {
    if (actorId === userId) throw new AppError('forbidden', { message: 'Nobody verifies their own name' })
    await transact(this.#database, async (transaction) => {
      // What is verified is a name: there has to be one.
      const stored = await this.lock(transaction, userId)
      if (!stored) throw new AppError('payee-missing', { message: 'This person has not said where the money goes' })
      if (verified && holder !== undefined && this.open(stored.sealed).holder !== holder) throw new AppError('state-changed', { message: 'The name was changed meanwhile' })
      await transaction('payees').where({ user_id: userId }).update({ verified, verified_by: verified ? actorId : null, verified_at: verified ? new Date() : null })
      await this.#audit.record({ actorId, channelId: null, action: verified ? 'payee:verify' : 'payee:unverify', targetId: userId, reason, detail: {} }, transaction)
    })
  }

  async find(userId: UserId, within: Database = this.#database): Promise<StoredPayee | undefined> {
    const row = (await within('payees').where({ user_id: userId }).first('sealed', 'verified', 'verified_by', 'verified_at')) as Row | undefined
    return row && toStored(row)
  }

  /** Those that wait for somebody to verify the name; `after` is the user id of the last one seen. */
  async unverified({ after, limit }: { after?: string | undefined; limit: number }): Promise<ReadonlyArray<{ readonly userId: UserId; readonly payee: Payee; readonly updatedAt: Date }>> {
    const query = this.#database('payees').where({ verified: false }).orderBy([{ column: 'updated_at', order: 'desc' }, 'user_id']).limit(limit)
    const last = after === undefined ? undefined : ((await this.#database('payees').where({ user_id: after }).first('updated_at')) as { updated_at: Date } | undefined)
    if (last) {
      void query.where((older) => {
        void older.where('updated_at', '<', last.updated_at).orWhere((same) => void same.where({ updated_at: last.updated_at }).where('user_id', '>', after ?? ''))
      })
    }
    const rows = (await query.select('user_id', 'sealed', 'updated_at')) as Array<{ user_id: UserId; sealed: Buffer; updated_at: Date }>
    return rows.map(({ user_id, sealed, updated_at }) => ({ userId: user_id, payee: this.open(sealed), updatedAt: updated_at }))
  }

  /** Locked until the transaction ends: what a person asks for is looked at one after the other. */
  async lock(transaction: Knex.Transaction, userId: UserId): Promise<StoredPayee | undefined> {
    const row = (await transaction('payees').where({ user_id: userId }).forUpdate().first('sealed', 'verified', 'verified_by', 'verified_at')) as Row | undefined
    return row && toStored(row)
  }

  /** In full: for staff, and for what is masked next. */
  open(sealed: Buffer): Payee {
    return payeeSchema.parse(JSON.parse(unseal(sealed, { secret: this.#secret, purpose: PURPOSE })))
  }

  async erase(userId: UserId): Promise<void> {
    await this.#database('payees').where({ user_id: userId }).delete()
  }
}

const toStored = ({ sealed, verified, verified_by, verified_at }: Row): StoredPayee => ({ sealed, verified: Boolean(verified), verifiedBy: verified_by, verifiedAt: verified_at })
