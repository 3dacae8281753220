// The HTTP API of the shop by name, for operators.
import type { AdminGoods, AdminGoodsOrder, AdminGoodsOrderPage, CodesAdded, GoodsDraft, GoodsOrderState, GoodsStep } from '../../../server/contract/shop.ts'
import { requestJson } from '../../client/requestJson.ts'

const goods = '/api/admin/goods'
const one = (id: string, what = '') => `${goods}/${encodeURIComponent(id)}${what}`
const order = (id: string, what: string) => `${goods}/orders/${encodeURIComponent(id)}/${what}`

export const goodsAdminApi = {
  list: (signal?: AbortSignal) => requestJson<AdminGoods[]>(goods, { signal }),
  save: (id: string | null, draft: GoodsDraft) => requestJson<AdminGoods>(id === null ? goods : one(id), { method: id === null ? 'POST' : 'PUT', body: draft }),
  putPicture: (id: string, file: Blob) => requestJson<AdminGoods>(one(id, '/picture'), { method: 'PUT', file }),
  addCodes: (id: string, text: string) => requestJson<CodesAdded>(one(id, '/codes'), { method: 'POST', file: new Blob([text], { type: 'text/plain' }) }),
  orders: ({ state, before }: { state: GoodsOrderState | null; before: string | null }) => {
    const query = new URLSearchParams({ ...(state === null ? {} : { state }), ...(before === null ? {} : { before }) })
    return requestJson<AdminGoodsOrderPage>(`${goods}/orders?${query.toString()}`)
  },
  step: (id: string, step: GoodsStep) => requestJson<AdminGoodsOrder>(order(id, 'step'), { method: 'POST', body: step }),
  cancel: (id: string, reason: string) => requestJson<AdminGoodsOrder>(order(id, 'cancel'), { method: 'POST', body: { reason } }),
}
