// Carries a playback token from a playlist into everything that it lists.

/** Adds `?token=` to variant playlists, segments and the addresses in tags (EXT-X-MAP, EXT-X-MEDIA; RFC 8216 section 4.3). */
export function withToken(playlist: string, token: string): string {
  const add = (address: string): string => `${address}${address.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`
  return playlist.replace(/^(?!#)\S.*$/gm, (line) => add(line.trimEnd())).replace(/^(#.*\bURI=")([^"]+)(")/gm, (_, before: string, address: string, after: string) => `${before}${add(address)}${after}`)
}
