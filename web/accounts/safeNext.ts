// Where to go after log-in: only to a page of our own, whatever the address says.

/** @returns a path of this site; the fallback for anything that could leave it. */
export function safeNext(wanted: string | null, fallback = '/studio'): string {
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : fallback
}
