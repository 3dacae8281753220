// What the pages of recharge ask the server.
import type { OrderRequest, OrderView, PackagesView, SandboxPaymentView } from '../../server/contract/recharge.ts'
import { requestJson } from '../client/requestJson.ts'

const sandboxPath = (orderId: string) => `/api/recharge/sandbox/${encodeURIComponent(orderId)}`

export const rechargeApi = {
  packages: (signal?: AbortSignal) => requestJson<PackagesView>('/api/recharge/packages', { signal }),
  order: (id: string, signal?: AbortSignal) => requestJson<OrderView>(`/api/recharge/orders/${encodeURIComponent(id)}`, { signal }),
  make: (body: OrderRequest) => requestJson<OrderView>('/api/recharge/orders', { method: 'POST', body }),
  sandbox: (orderId: string, signal?: AbortSignal) => requestJson<SandboxPaymentView>(sandboxPath(orderId), { signal }),
  sandboxPay: (orderId: string) => requestJson<SandboxPaymentView>(`${sandboxPath(orderId)}/pay`, { method: 'POST' }),
  sandboxCancel: (orderId: string) => requestJson<SandboxPaymentView>(`${sandboxPath(orderId)}/cancel`, { method: 'POST' }),
} as const
