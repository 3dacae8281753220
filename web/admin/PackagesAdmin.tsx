// The back office: what coins cost.
export function PackagesAdmin() {
  return null
}
