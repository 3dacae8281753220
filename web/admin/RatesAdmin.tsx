// The back office: what the platform takes and gives.
export function RatesAdmin() {
  return null
}
