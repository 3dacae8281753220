// A key for one intended sending: repeating the request with it is harmless. Also where crypto.randomUUID is missing (plain http).
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_')
}
