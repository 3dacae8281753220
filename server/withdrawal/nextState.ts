// The one state machine of withdrawals: requested → (half-approved →) approved → paid, or back to its owner.
import type { UserId } from '../contract/ids.ts'
import type { WithdrawalState } from '../contract/withdrawal.ts'
import { AppError } from '../core/AppError.ts'

export type WithdrawalAct = 'approve' | 'reject' | 'cancel' | 'pay'
export type Standing = { readonly state: WithdrawalState; readonly ownerId: UserId; readonly needsTwo: boolean; readonly firstApprover: UserId | null }

/** A payment that came back is rejected too, though it had been approved. */
const from: Readonly<Record<WithdrawalAct, readonly WithdrawalState[]>> = {
  approve: ['requested', 'half-approved'],
  reject: ['requested', 'half-approved', 'approved'],
  cancel: ['requested'],
  pay: ['approved'],
}

/**
 * What the act makes of it.
 * @throws AppError state-changed when it is not in a state for that; second-person-needed; forbidden for handling one's own, or cancelling another's
 */
export function nextState({ state, ownerId, needsTwo, firstApprover }: Standing, act: WithdrawalAct, actorId: UserId): WithdrawalState {
  if ((act === 'cancel') !== (actorId === ownerId)) throw new AppError('forbidden', { message: act === 'cancel' ? 'Only its owner cancels a withdrawal' : 'Nobody handles a withdrawal of their own' })
  if (!from[act].includes(state)) throw new AppError('state-changed', { message: `The withdrawal is ${state}` })
  if (act === 'reject') return 'rejected'
  if (act === 'cancel') return 'cancelled'
  if (act === 'pay') return 'paid'
  if (state === 'requested') return needsTwo ? 'half-approved' : 'approved'
  if (firstApprover === actorId) throw new AppError('second-person-needed', { message: 'Another person must approve this as well' })
  return 'approved'
}
