// Beans to money: what a host asks for, what becomes of it, where it is paid to.
import { z } from 'zod'
import { idempotencyKeySchema, priceSchema } from './money.ts'
import type { Amount, RealCurrency } from './money.ts'
import type { PersonView } from './people.ts'

/** `half-approved`: large enough for two people, and one has agreed. */
export const withdrawalStates = ['requested', 'half-approved', 'approved', 'paid', 'rejected', 'cancelled'] as const
export const withdrawalStateSchema = z.enum(withdrawalStates)
export type WithdrawalState = z.infer<typeof withdrawalStateSchema>
/** States that end with no money paid: the beans are back. */
export const releasedStates = ['rejected', 'cancelled'] as const satisfies readonly WithdrawalState[]

/** What is true of a step that was taken, oldest first; without names, except for staff. */
export type WithdrawalStep = { readonly state: WithdrawalState; readonly at: string; readonly actor: PersonView | null }

export type WithdrawalView = {
  readonly id: string
  readonly state: WithdrawalState
  readonly beans: Amount
  /** What held when it was asked for. */
  readonly beansPerMinorUnit: number
  readonly cutBasisPoints: number
  /** In minor units: what the beans are worth, what the platform keeps of it, what is paid. */
  readonly gross: Amount
  readonly cut: Amount
  readonly money: Amount
  readonly currency: RealCurrency
  readonly requestedAt: string
  readonly steps: readonly WithdrawalStep[]
  /** Why it was rejected; empty otherwise. */
  readonly reason: string
  /** The payment's own number; empty until it is paid. */
  readonly paymentReference: string
  /** Where to, masked. */
  readonly payee: PayeeMask
}
/** `GET /api/withdrawals` -> WithdrawalsPage, one's own, newest first. */
export const withdrawalsQuerySchema = z.object({ before: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) })
export type WithdrawalsPage = { readonly withdrawals: readonly WithdrawalView[]; readonly next: string | null }

/** `POST /api/withdrawals` -> 201 WithdrawalView. `money` is what the page showed: another sum by now is refused with `price-changed`. */
export const withdrawalSchema = z.object({ beans: priceSchema, money: priceSchema.optional(), key: idempotencyKeySchema })
export type WithdrawalRequest = z.infer<typeof withdrawalSchema>
/** `POST /api/withdrawals/:id/cancel` -> WithdrawalView, while it is `requested`. */

/** `GET /api/withdrawals/terms` -> what a page needs to tell what a withdrawal gives. */
export type WithdrawalTerms = {
  readonly beans: Amount
  readonly heldBeans: Amount
  readonly beansPerMinorUnit: number
  readonly cutBasisPoints: number
  readonly currency: RealCurrency
  readonly minimum: Amount
  /** What may still be asked for this month (UTC); null: no cap. */
  readonly leftThisMonth: Amount | null
  readonly monthlyCap: Amount
  /** Days of the month (UTC); empty: any. */
  readonly days: readonly number[]
  readonly openToday: boolean
  readonly needsName: boolean
  readonly payee: PayeeView | null
}

export const payoutMethods = ['bank', 'alipay', 'wechat', 'paypal', 'other'] as const
export type PayoutMethod = (typeof payoutMethods)[number]
const line = (max: number) => z.string().trim().min(1, 'must not be empty').max(max).regex(/^[^\p{Cc}]*$/u, 'must be one line')
/** `PUT /api/payee` -> PayeeView. Another holder's name than before has to be verified anew. */
export const payeeSchema = z.object({ method: z.enum(payoutMethods), account: line(120), holder: line(80) })
export type Payee = z.infer<typeof payeeSchema>
/** As its owner sees it: enough to know it again. */
export type PayeeMask = { readonly method: PayoutMethod; readonly account: string; readonly holder: string }
/** `GET /api/payee` -> PayeeView or null. */
export type PayeeView = PayeeMask & { readonly verified: boolean }

// For operators.

/** `GET /api/admin/withdrawals` -> AdminWithdrawalsPage; waiting ones oldest first where a state is named, else newest first. */
export const adminWithdrawalsQuerySchema = z.object({
  state: withdrawalStateSchema.optional(),
  user: z.string().trim().max(64).optional(),
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type AdminWithdrawalsQuery = z.infer<typeof adminWithdrawalsQuerySchema>
export type AdminWithdrawal = WithdrawalView & {
  readonly user: PersonView
  readonly needsTwo: boolean
  readonly approvers: readonly PersonView[]
  readonly paidBy: PersonView | null
  readonly nameVerified: boolean
}
export type AdminWithdrawalsPage = { readonly withdrawals: readonly AdminWithdrawal[]; readonly next: string | null; /** How many are in each state. */ readonly counts: Readonly<Record<WithdrawalState, number>> }
/** `GET /api/admin/withdrawals/:id` -> AdminWithdrawalDetail. The payee in full; null where it was erased with the account. */
export type AdminWithdrawalDetail = {
  readonly withdrawal: AdminWithdrawal
  readonly payee: Payee | null
  readonly verification: { readonly verified: boolean; readonly by: PersonView | null; readonly at: string | null }
  readonly beans: Amount
  readonly heldBeans: Amount
  /** Others of the same person, newest first, at most 20. */
  readonly earlier: readonly WithdrawalView[]
  /** To this person, in this currency. */
  readonly paidBefore: Amount
}
/** `POST /api/admin/withdrawals/:id/approve` -> AdminWithdrawal. */
/** `POST /api/admin/withdrawals/:id/reject` -> AdminWithdrawal; also of an approved one that cannot be paid. */
export const withdrawalRejectSchema = z.object({ reason: line(200) })
/** `POST /api/admin/withdrawals/:id/pay` -> AdminWithdrawal: the money has been sent, under this number. */
export const paymentReferenceSchema = line(64)
export const withdrawalPaySchema = z.object({ reference: paymentReferenceSchema })
/** `POST /api/admin/withdrawals/paid` -> BulkPaid: each for itself, in the order given. */
export const WITHDRAWALS_BULK = 200
export const withdrawalsPaidSchema = z.object({ payments: z.array(z.object({ id: z.string().min(1).max(40), reference: paymentReferenceSchema })).min(1).max(WITHDRAWALS_BULK) })
export type BulkPaid = { readonly outcomes: ReadonlyArray<{ readonly id: string; /** Null: it is paid. */ readonly error: string | null }> }
/** `GET /api/admin/withdrawals/payout.csv?state=approved`: what a bank needs, for at most 5000. */
export const payoutFileQuerySchema = z.object({ state: withdrawalStateSchema.default('approved') })
/** `GET /api/admin/payees` -> PayeesPage: those whose name nobody has verified, the latest first, in full. */
export const payeesQuerySchema = z.object({ after: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) })
export type AdminPayee = { readonly user: PersonView; readonly payee: Payee; readonly updatedAt: string; readonly beans: Amount }
export type PayeesPage = { readonly payees: readonly AdminPayee[]; readonly next: string | null }
/** `PUT /api/admin/payees/:name/verified` -> 204. `holder`: the name that was seen; it is refused when it is another one by now. */
export const payeeVerifiedSchema = z.object({ verified: z.boolean(), reason: line(200), holder: z.string().max(200).optional() })
export type PayeeVerified = z.infer<typeof payeeVerifiedSchema>
