// An amount in a table or a description of the back office.
import type { Amount, Currency } from '../../../server/contract/money.ts'
import { MoneyText } from '../../ui/MoneyText.tsx'

export function AmountText({ amount, currency, signed = false }: { readonly amount: Amount; readonly currency: Currency; readonly signed?: boolean }) {
  return <MoneyText amount={amount} currency={currency} signed={signed} size={15} />
}
