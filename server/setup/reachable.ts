/** Health checks, the bridge and the operator's commands call what listens on this machine: a wildcard address cannot be called. */

/** The host part of a URL at which a listener on `host` answers from this machine; IPv6 in brackets. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
