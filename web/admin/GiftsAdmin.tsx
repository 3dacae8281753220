// The back office: the gift catalogue.
export function GiftsAdmin() {
  return null
}
