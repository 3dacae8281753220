// What an operator pastes from the bank: one payment a line.
export type PaymentLine = { readonly id: string; readonly reference: string }

/** `ID`, then `,`, `;`, a tab or spaces, then the payment's number; a line without one takes `common`. Empty lines and a head beginning with `id` are left out. */
export function paymentLines(text: string, common: string): { readonly payments: readonly PaymentLine[]; readonly without: number } {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replaceAll('"', '')).filter((line) => line !== '' && !/^\uFEFF?id\b/i.test(line))
  const payments = lines.map((line) => {
    const [id = '', ...rest] = line.split(/[,;\s]+/)
    return { id, reference: rest.join(' ').trim() || common.trim() }
  })
  return { payments, without: payments.filter(({ reference }) => reference === '').length }
}
