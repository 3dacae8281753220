// The state machine of withdrawals: every act in every state.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { withdrawalStates } from '../../../../server/contract/withdrawal.ts'
import type { AppError } from '../../../../server/core/AppError.ts'
import { nextState } from '../../../../server/withdrawal/nextState.ts'
import type { Standing, WithdrawalAct } from '../../../../server/withdrawal/nextState.ts'

const [owner, one, other] = ['owner-of-it', 'first-operator', 'second-operator'] as unknown as [UserId, UserId, UserId]
const standing = (state: Standing['state'], rest: Partial<Standing> = {}): Standing => ({ state, ownerId: owner, needsTwo: false, firstApprover: null, ...rest })
const acts: readonly WithdrawalAct[] = ['approve', 'reject', 'cancel', 'pay']
const after = (from: Standing, act: WithdrawalAct, actor: UserId): string => {
  try {
    return nextState(from, act, actor)
  } catch (error) {
    return (error as AppError).code
  }
}

test('each state allows these acts and no others', () => {
  const table = Object.fromEntries(withdrawalStates.map((state) => [state, acts.map((act) => after(standing(state, { needsTwo: true, firstApprover: state === 'requested' ? null : one }), act, act === 'cancel' ? owner : other))]))
  const no = 'state-changed'
  expect(table).toEqual({
    requested: ['half-approved', 'rejected', 'cancelled', no],
    'half-approved': ['approved', 'rejected', no, no],
    approved: [no, 'rejected', no, 'paid'],
    paid: [no, no, no, no],
    rejected: [no, no, no, no],
    cancelled: [no, no, no, no],
  })
})

test('a small one needs one person, a large one two different ones', () => {
  expect(after(standing('requested'), 'approve', one)).toBe('approved')
  expect(after(standing('half-approved', { needsTwo: true, firstApprover: one }), 'approve', one)).toBe('second-person-needed')
})

test('nobody handles their own, and nobody cancels another’s', () => {
  for (const act of ['approve', 'reject', 'pay'] as const) expect(after(standing('requested'), act, owner)).toBe('forbidden')
  expect(after(standing('requested'), 'cancel', one)).toBe('forbidden')
})

test('whatever is tried in whatever order, it ends once, and is paid only after as many different people agreed as it needs', () => {
  const step = fc.record({ act: fc.constantFrom(...acts), actor: fc.constantFrom(owner, one, other) })
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (needsTwo, steps) => {
      let now = standing('requested', { needsTwo })
      const approvers = new Set<UserId>()
      let ends = 0
      for (const { act, actor } of steps) {
        const state = after(now, act, actor)
        if (!(withdrawalStates as readonly string[]).includes(state)) continue
        if (act === 'approve') approvers.add(actor)
        if (state === 'paid') expect(approvers.size).toBe(needsTwo ? 2 : 1)
        if (['paid', 'rejected', 'cancelled'].includes(state)) ends += 1
        now = { ...now, state: state as Standing['state'], firstApprover: now.firstApprover ?? (act === 'approve' ? actor : null) }
      }
      expect(ends).toBeLessThanOrEqual(1)
      expect(approvers).not.toContain(owner)
    }),
  )
})
