// The back office: whether the books agree.
export function ReconciliationAdmin() {
  return null
}
