// The HTTP API of the shop by name, for buyers.
import type { Address, Exchanged, GoodsOrderBought, GoodsOrderPage, ShopView } from '../../server/contract/shop.ts'
import { requestJson } from '../client/requestJson.ts'

type Order = { readonly quantity: number; readonly price: string; readonly address?: Address; readonly key: string }

export const shopApi = {
  view: (signal?: AbortSignal) => requestJson<ShopView>('/api/shop', { signal }),
  orders: (before: string | null) => requestJson<GoodsOrderPage>(`/api/shop/orders?limit=20${before === null ? '' : `&before=${before}`}`),
  buy: (id: string, order: Order) => requestJson<GoodsOrderBought>(`/api/shop/goods/${encodeURIComponent(id)}/orders`, { method: 'POST', body: order }),
  exchange: (body: { readonly beans: string; readonly coins: string; readonly key: string }) => requestJson<Exchanged>('/api/shop/exchange', { method: 'POST', body }),
}
