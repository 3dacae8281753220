// The back office: who wants money for beans.
export function WithdrawalsAdmin() {
  return null
}
