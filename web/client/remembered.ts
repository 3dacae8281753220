// What this browser remembers of a page; where storage is blocked, as in a frame of another site, nothing is remembered and nothing fails.

/** @returns null for nothing. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Blocked or full: it holds until the page is left.
  }
}
