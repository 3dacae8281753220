// What the back office asks of recharge: packages, orders, refunds, and notices that were refused.
import type { AdminOrderDetail, AdminOrdersPage, AdminPackageView, OrderState, PackageChange, PaymentEventView, PaymentProviderName, RefundRequest } from '../../../server/contract/recharge.ts'
import { requestJson } from '../../client/requestJson.ts'

export type OrderFilter = { readonly user: string; readonly order: string; readonly state: OrderState | null; readonly provider: PaymentProviderName | null; /** ISO 8601; empty: open. */ readonly from: string; readonly to: string }

const packages = '/api/admin/recharge/packages'
const orderPath = (id: string) => `/api/admin/recharge/orders/${encodeURIComponent(id)}`

export const rechargeDeskApi = {
  packages: (signal?: AbortSignal) => requestJson<readonly AdminPackageView[]>(packages, { signal }),
  addPackage: (body: PackageChange) => requestJson<AdminPackageView>(packages, { method: 'POST', body }),
  changePackage: (id: string, body: PackageChange) => requestJson<AdminPackageView>(`${packages}/${encodeURIComponent(id)}`, { method: 'PUT', body }),
  removePackage: (id: string) => requestJson<undefined>(`${packages}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  orders: (filter: OrderFilter, before: string | null) => {
    const given = Object.entries({ ...filter, before }).filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
    return requestJson<AdminOrdersPage>(`/api/admin/recharge/orders?${new URLSearchParams(given)}`)
  },
  order: (id: string, signal?: AbortSignal) => requestJson<AdminOrderDetail>(orderPath(id), { signal }),
  ask: (id: string) => requestJson<AdminOrderDetail>(`${orderPath(id)}/ask`, { method: 'POST' }),
  refund: (id: string, body: RefundRequest) => requestJson<AdminOrderDetail>(`${orderPath(id)}/refund`, { method: 'POST', body }),
  suspicious: (signal?: AbortSignal) => requestJson<readonly PaymentEventView[]>('/api/admin/recharge/suspicious', { signal }),
} as const
