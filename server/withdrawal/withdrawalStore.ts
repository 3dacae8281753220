// SQL of withdrawals and of the steps they took.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import type { RealCurrency } from '../contract/money.ts'
import { releasedStates, withdrawalStates } from '../contract/withdrawal.ts'
import type { WithdrawalState } from '../contract/withdrawal.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import type { WithdrawalAct } from './nextState.ts'

export type Withdrawal = {
  readonly seq: string
  readonly id: string
  readonly ownerId: UserId
  readonly state: WithdrawalState
  readonly beans: bigint
  readonly beansPerMinorUnit: number
  readonly cutBasisPoints: number
  readonly gross: bigint
  readonly cut: bigint
  readonly money: bigint
  readonly currency: RealCurrency
  readonly needsTwo: boolean
  readonly payeeSealed: Buffer | null
  readonly firstApprover: UserId | null
  readonly secondApprover: UserId | null
  readonly reason: string
  readonly paymentReference: string
  readonly requestedAt: Date
}
export type Step = { readonly withdrawalId: string; readonly state: WithdrawalState; readonly actorId: UserId | null; readonly at: Date }
export type NewWithdrawal = Omit<Withdrawal, 'seq' | 'state' | 'firstApprover' | 'secondApprover' | 'reason' | 'paymentReference'>
/** A change of state with what is kept of it. */
export type Move = { readonly act: WithdrawalAct; readonly to: WithdrawalState; readonly actorId: UserId; readonly at: Date; readonly reason?: string; readonly paymentReference?: string }
type Row = {
  seq: string | number
  id: string
  user_id: UserId
  state: WithdrawalState
  beans: string | number
  beans_per_minor_unit: number
  cut_basis_points: number
  gross: string | number
  cut: string | number
  money: string | number
  currency: RealCurrency
  needs_two: number
  payee_sealed: Buffer | null
  first_approver: UserId | null
  second_approver: UserId | null
  reason: string
  payment_reference: string
  requested_at: Date
}

const toWithdrawal = (row: Row): Withdrawal => ({
  seq: String(row.seq),
  id: row.id,
  ownerId: row.user_id,
  state: row.state,
  beans: BigInt(row.beans),
  beansPerMinorUnit: row.beans_per_minor_unit,
  cutBasisPoints: row.cut_basis_points,
  gross: BigInt(row.gross),
  cut: BigInt(row.cut),
  money: BigInt(row.money),
  currency: row.currency,
  needsTwo: Boolean(row.needs_two),
  payeeSealed: row.payee_sealed,
  firstApprover: row.first_approver,
  secondApprover: row.second_approver,
  reason: row.reason,
  paymentReference: row.payment_reference,
  requestedAt: row.requested_at,
})

export async function insertWithdrawal(transaction: Knex.Transaction, withdrawal: NewWithdrawal): Promise<void> {
  await transaction('withdrawals').insert({
    id: withdrawal.id,
    user_id: withdrawal.ownerId,
    state: 'requested',
    beans: String(withdrawal.beans),
    beans_per_minor_unit: withdrawal.beansPerMinorUnit,
    cut_basis_points: withdrawal.cutBasisPoints,
    gross: String(withdrawal.gross),
    cut: String(withdrawal.cut),
    money: String(withdrawal.money),
    currency: withdrawal.currency,
    needs_two: withdrawal.needsTwo,
    payee_sealed: withdrawal.payeeSealed,
    requested_at: withdrawal.requestedAt,
  })
  await transaction('withdrawal_steps').insert({ withdrawal_id: withdrawal.id, state: 'requested', actor_id: withdrawal.ownerId, at: withdrawal.requestedAt })
}

/** @throws AppError withdrawal-not-found */
export async function findWithdrawal(database: Database, id: string): Promise<Withdrawal> {
  const row = (await database('withdrawals').where({ id }).first()) as Row | undefined
  if (!row) throw new AppError('withdrawal-not-found', { message: 'There is no such withdrawal' })
  return toWithdrawal(row)
}

/** Makes the change if nobody else changed it since `former` was read. @throws AppError state-changed */
export async function moveWithdrawal(transaction: Knex.Transaction, former: Withdrawal, { act, to, actorId, at, reason, paymentReference }: Move): Promise<void> {
  const approver = act === 'approve' ? (former.firstApprover === null ? { first_approver: actorId } : { second_approver: actorId }) : {}
  const moved = await transaction('withdrawals')
    .where({ id: former.id, state: former.state })
    .update({ state: to, ...approver, ...(reason === undefined ? {} : { reason }), ...(paymentReference === undefined ? {} : { payment_reference: paymentReference }) })
  if (moved === 0) throw new AppError('state-changed', { message: 'Somebody else has just handled this withdrawal' })
  await transaction('withdrawal_steps').insert({ withdrawal_id: former.id, state: to, actor_id: actorId, at })
}

/** Beans asked for since then that were not given back. */
export async function beansSince(database: Database, ownerId: UserId, since: Date): Promise<bigint> {
  const row = (await database('withdrawals').where({ user_id: ownerId }).where('requested_at', '>=', since).whereNotIn('state', [...releasedStates]).sum({ beans: 'beans' }).first()) as { beans: string | null }
  return BigInt(row.beans ?? 0)
}

/** Newest first; `before` is the id of the last one seen. */
export async function listOwn(database: Database, ownerId: UserId, { before, limit }: { before?: string | undefined; limit: number }): Promise<Withdrawal[]> {
  const query = database('withdrawals').where({ user_id: ownerId }).orderBy('seq', 'desc').limit(limit)
  if (before) void query.where('seq', '<', database('withdrawals').where({ id: before }).select('seq'))
  return ((await query) as Row[]).map(toWithdrawal)
}

/** Of one state the oldest first, as a queue; of all the newest first. `after` is the id of the last one seen. */
export async function listAll(database: Database, { state, ownerId, after, limit }: { state?: WithdrawalState | undefined; ownerId?: UserId | undefined; after?: string | undefined; limit: number }): Promise<Withdrawal[]> {
  const query = database('withdrawals').orderBy('seq', state ? 'asc' : 'desc').limit(limit)
  if (state) void query.where({ state })
  if (ownerId) void query.where({ user_id: ownerId })
  if (after) void query.where('seq', state ? '>' : '<', database('withdrawals').where({ id: after }).select('seq'))
  return ((await query) as Row[]).map(toWithdrawal)
}

export async function countStates(database: Database): Promise<Record<WithdrawalState, number>> {
  const rows = (await database('withdrawals').groupBy('state').select('state').count({ withdrawals: '*' })) as Array<{ state: WithdrawalState; withdrawals: number | string }>
  const known = new Map(rows.map(({ state, withdrawals }) => [state, Number(withdrawals)]))
  return Object.fromEntries(withdrawalStates.map((state) => [state, known.get(state) ?? 0])) as Record<WithdrawalState, number>
}

/** Oldest first. */
export async function listSteps(database: Database, ids: readonly string[]): Promise<Step[]> {
  if (ids.length === 0) return []
  const rows = (await database('withdrawal_steps').whereIn('withdrawal_id', [...ids]).orderBy('seq').select('withdrawal_id', 'state', 'actor_id', 'at')) as Array<{ withdrawal_id: string; state: WithdrawalState; actor_id: UserId | null; at: Date }>
  return rows.map(({ withdrawal_id, state, actor_id, at }) => ({ withdrawalId: withdrawal_id, state, actorId: actor_id, at }))
}

/** Money that was paid to them, in the currency's minor units. */
export async function paidTo(database: Database, ownerId: UserId, currency: RealCurrency): Promise<bigint> {
  const row = (await database('withdrawals').where({ user_id: ownerId, state: 'paid', currency }).sum({ money: 'money' }).first()) as { money: string | null }
  return BigInt(row.money ?? 0)
}

/** Forgets where money of finished withdrawals went; what still runs is paid to the account it names. */
export async function eraseFinished(database: Database, ownerId: UserId): Promise<void> {
  await database('withdrawals').where({ user_id: ownerId }).whereIn('state', ['paid', ...releasedStates]).update({ payee_sealed: null })
}

export async function isErased(database: Database, ownerId: UserId): Promise<boolean> {
  return (await database('users').where({ id: ownerId }).whereNotNull('deleted_at').first('id')) !== undefined
}
