// Sets the page's clock by the server's, as well as one round trip allows.

/**
 * All in ms since 1970.
 * @returns what to add to this machine's clock to get the server's.
 */
export function clockOffset({ sentAt, answeredAt, serverTime }: { readonly sentAt: number; readonly answeredAt: number; readonly serverTime: number }): number {
  return serverTime - (sentAt + answeredAt) / 2
}
