// The back office: the shop’s shelf and its orders.
export function GoodsAdmin() {
  return null
}
