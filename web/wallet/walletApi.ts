// What the wallet's pages ask the server: balances, the statement, orders and guards.
import type { OwnGuardView } from '../../server/contract/guard.ts'
import type { OrdersPage } from '../../server/contract/recharge.ts'
import type { StatementPage, WalletView } from '../../server/contract/wallet.ts'
import { requestJson } from '../client/requestJson.ts'
import { statementQuery } from './statementFilter.ts'
import type { StatementFilter } from './statementFilter.ts'

export const walletApi = {
  wallet: (signal?: AbortSignal) => requestJson<WalletView>('/api/wallet', { signal }),
  statement: (filter: StatementFilter, before: string | null) => requestJson<StatementPage>(`/api/wallet/statement?${statementQuery(filter, before)}`),
  statementFile: (filter: StatementFilter) => `/api/wallet/statement.csv?${statementQuery(filter)}`,
  orders: (before: string | null) => requestJson<OrdersPage>(`/api/recharge/orders${before === null ? '' : `?before=${before}`}`),
  guards: (signal?: AbortSignal) => requestJson<readonly OwnGuardView[]>('/api/guards', { signal }),
} as const
