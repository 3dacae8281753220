// The words of recharge and orders in English.
export const recharge = {
  title: 'Recharge',
}
