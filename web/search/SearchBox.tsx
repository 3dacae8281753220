// The search in the header.
export function SearchBox() {
  return null
}
