// The back office: recharge orders, and refunds.
export function OrdersAdmin() {
  return null
}
