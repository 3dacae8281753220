// The HTTP API of income and withdrawals by name.
import type { IncomeGrouping, IncomeReport } from '../../server/contract/income.ts'
import type { Payee, PayeeView, WithdrawalRequest, WithdrawalTerms, WithdrawalView, WithdrawalsPage } from '../../server/contract/withdrawal.ts'
import { requestJson } from '../client/requestJson.ts'
import type { IncomeRange } from './incomeRange.ts'

const query = ({ from, to }: IncomeRange, by: IncomeGrouping) => new URLSearchParams({ from, to, by }).toString()
const income = (channel: string) => `/api/channels/${encodeURIComponent(channel)}/income`

export const incomeApi = {
  report: (channel: string, range: IncomeRange, by: IncomeGrouping, signal?: AbortSignal) => requestJson<IncomeReport>(`${income(channel)}?${query(range, by)}`, { signal }),
  file: (channel: string, range: IncomeRange, by: IncomeGrouping) => `${income(channel)}.csv?${query(range, by)}`,
  terms: (signal?: AbortSignal) => requestJson<WithdrawalTerms>('/api/withdrawals/terms', { signal }),
  withdrawals: (before: string | null) => requestJson<WithdrawalsPage>(`/api/withdrawals${before === null ? '' : `?before=${before}`}`),
  withdraw: (body: WithdrawalRequest) => requestJson<WithdrawalView>('/api/withdrawals', { method: 'POST', body }),
  cancel: (id: string) => requestJson<WithdrawalView>(`/api/withdrawals/${encodeURIComponent(id)}/cancel`, { method: 'POST' }),
  setPayee: (body: Payee) => requestJson<PayeeView>('/api/payee', { method: 'PUT', body }),
} as const
