// Withdrawals as pages see them: masked and nameless to their owner, with names to staff.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { UserId } from '../contract/ids.ts'
import type { PersonView } from '../contract/people.ts'
import type { AdminWithdrawal, PayeeMask, WithdrawalStep, WithdrawalView } from '../contract/withdrawal.ts'
import type { Database } from '../db/openDatabase.ts'
import { maskPayee } from './maskPayee.ts'
import type { Payees } from './Payees.ts'
import { listSteps } from './withdrawalStore.ts'
import type { Step, Withdrawal } from './withdrawalStore.ts'

type Reading = { readonly database: Database; readonly payees: Payees }
/** Once an account is gone, so is where its money went. */
const ERASED: PayeeMask = { method: 'other', account: '', holder: '' }

/** Whose row is gone. */
export const nobody = (id: UserId): PersonView => ({ id, name: '', displayName: '', avatarUrl: null })

/** As their owner sees them. */
export async function viewOwn({ database, payees }: Reading, withdrawals: readonly Withdrawal[]): Promise<WithdrawalView[]> {
  const steps = await stepsOf(database, withdrawals)
  return withdrawals.map((withdrawal) => toView(withdrawal, payees, (steps.get(withdrawal.id) ?? []).map(({ state, at }) => ({ state, at: at.toISOString(), actor: null }))))
}

/** As staff see them. */
export async function viewForStaff({ database, payees }: Reading, withdrawals: readonly Withdrawal[]): Promise<AdminWithdrawal[]> {
  const steps = await stepsOf(database, withdrawals)
  const owners = [...new Set(withdrawals.map(({ ownerId }) => ownerId))]
  const actors = [...steps.values()].flat().flatMap(({ actorId }) => actorId ?? [])
  const people = new Map((await findUsers(database, [...new Set([...owners, ...actors])])).map((user) => [user.id, viewPerson(user)]))
  const verified = new Set((owners.length === 0 ? [] : ((await database('payees').whereIn('user_id', owners).where({ verified: true }).select('user_id')) as Array<{ user_id: UserId }>)).map(({ user_id }) => user_id))
  const person = (id: UserId | null): PersonView | null => (id ? (people.get(id) ?? null) : null)
  return withdrawals.map((withdrawal) => {
    const { ownerId, needsTwo, firstApprover, secondApprover } = withdrawal
    const taken: WithdrawalStep[] = (steps.get(withdrawal.id) ?? []).map(({ state, at, actorId }) => ({ state, at: at.toISOString(), actor: person(actorId) }))
    return {
      ...toView(withdrawal, payees, taken),
      user: person(ownerId) ?? nobody(ownerId),
      needsTwo,
      approvers: [firstApprover, secondApprover].flatMap((id) => person(id) ?? []),
      paidBy: taken.find(({ state }) => state === 'paid')?.actor ?? null,
      nameVerified: verified.has(ownerId),
    }
  })
}

async function stepsOf(database: Database, withdrawals: readonly Withdrawal[]): Promise<ReadonlyMap<string, Step[]>> {
  const steps = await listSteps(database, withdrawals.map(({ id }) => id))
  return Map.groupBy(steps, ({ withdrawalId }) => withdrawalId)
}

function toView(withdrawal: Withdrawal, payees: Payees, steps: readonly WithdrawalStep[]): WithdrawalView {
  const { id, state, beans, beansPerMinorUnit, cutBasisPoints, gross, cut, money, currency, requestedAt, reason, paymentReference, payeeSealed } = withdrawal
  return {
    id,
    state,
    beans: String(beans),
    beansPerMinorUnit,
    cutBasisPoints,
    gross: String(gross),
    cut: String(cut),
    money: String(money),
    currency,
    requestedAt: requestedAt.toISOString(),
    steps,
    reason,
    paymentReference,
    payee: payeeSealed ? maskPayee(payees.open(payeeSealed)) : ERASED,
  }
}
