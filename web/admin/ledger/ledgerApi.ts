// What the back office asks about the ledger: transfers, balances, wallets and reconciliations.
import type { LedgerBalanceView, LedgerPage, ReconciliationView, WalletView } from '../../../server/contract/wallet.ts'
import { requestJson } from '../../client/requestJson.ts'
import { ledgerQuery } from './ledgerFilter.ts'
import type { LedgerFilter } from './ledgerFilter.ts'

export const ledgerApi = {
  transfers: (filter: LedgerFilter, before: string | null) => requestJson<LedgerPage>(`/api/admin/ledger/transfers?${ledgerQuery(filter, before)}`),
  balances: (signal?: AbortSignal) => requestJson<readonly LedgerBalanceView[]>('/api/admin/ledger/balances', { signal }),
  wallet: (name: string, signal?: AbortSignal) => requestJson<WalletView>(`/api/admin/wallets/${encodeURIComponent(name)}`, { signal }),
  unlock: (name: string, reason: string) => requestJson<WalletView>(`/api/admin/wallets/${encodeURIComponent(name)}/unlock`, { method: 'POST', body: { reason } }),
  reconciliations: (signal?: AbortSignal) => requestJson<readonly ReconciliationView[]>('/api/admin/reconciliations', { signal }),
  reconcile: () => requestJson<ReconciliationView>('/api/admin/reconciliations', { method: 'POST', body: {} }),
} as const
