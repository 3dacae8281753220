// How a payee is shown to its owner: enough to know it again, too little to be of use to others.
import type { Payee, PayeeMask } from '../contract/withdrawal.ts'

const SHOWN = 4

/** `6222…` becomes `•••• 1234`; an account of four characters or less shows one, an e-mail address keeps its host. */
export function maskPayee({ method, account, holder }: Payee): PayeeMask {
  const letters = [...holder]
  return { method, account: maskAccount(account), holder: `${letters[0] ?? ''}${'•'.repeat(Math.min(Math.max(letters.length - 1, 1), 6))}` }
}

function maskAccount(account: string): string {
  const at = account.lastIndexOf('@')
  if (at > 0) return `${[...account][0] ?? ''}•••${account.slice(at)}`
  const signs = [...account.replaceAll(/\s/g, '')]
  return `•••• ${signs.slice(signs.length > 2 * SHOWN ? -SHOWN : -1).join('')}`
}
