// The back office: every transfer, found by whom, what and when.
export function LedgerAdmin() {
  return null
}
