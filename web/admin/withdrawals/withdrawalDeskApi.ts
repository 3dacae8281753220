// The HTTP API of the withdrawals' desk by name.
import type { AdminWithdrawal, AdminWithdrawalDetail, AdminWithdrawalsPage, BulkPaid, PayeesPage, WithdrawalState } from '../../../server/contract/withdrawal.ts'
import { requestJson } from '../../client/requestJson.ts'

export type QueueFilter = { readonly state: WithdrawalState | null; readonly user: string }
const one = (id: string) => `/api/admin/withdrawals/${encodeURIComponent(id)}`

export const withdrawalDeskApi = {
  queue: ({ state, user }: QueueFilter, after: string | null) =>
    requestJson<AdminWithdrawalsPage>(`/api/admin/withdrawals?${new URLSearchParams({ ...(state === null ? {} : { state }), ...(user === '' ? {} : { user }), ...(after === null ? {} : { after }) })}`),
  detail: (id: string, signal?: AbortSignal) => requestJson<AdminWithdrawalDetail>(one(id), { signal }),
  approve: (id: string) => requestJson<AdminWithdrawal>(`${one(id)}/approve`, { method: 'POST' }),
  reject: (id: string, reason: string) => requestJson<AdminWithdrawal>(`${one(id)}/reject`, { method: 'POST', body: { reason } }),
  pay: (id: string, reference: string) => requestJson<AdminWithdrawal>(`${one(id)}/pay`, { method: 'POST', body: { reference } }),
  payMany: (payments: ReadonlyArray<{ readonly id: string; readonly reference: string }>) => requestJson<BulkPaid>('/api/admin/withdrawals/paid', { method: 'POST', body: { payments } }),
  unverified: (after: string | null) => requestJson<PayeesPage>(`/api/admin/payees${after === null ? '' : `?after=${after}`}`),
  verify: (name: string, verified: boolean, reason: string, holder: string) => requestJson<undefined>(`/api/admin/payees/${encodeURIComponent(name)}/verified`, { method: 'PUT', body: { verified, reason, holder } }),
  payoutFile: (state: WithdrawalState) => `/api/admin/withdrawals/payout.csv?state=${state}`,
} as const
