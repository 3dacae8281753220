// The HTTP API of the platform's rates.
import type { Rates, RatesChange } from '../../../server/contract/rates.ts'
import { requestJson } from '../../client/requestJson.ts'

export const ratesApi = {
  rates: (signal?: AbortSignal) => requestJson<Rates>('/api/admin/rates', { signal }),
  change: (body: RatesChange) => requestJson<Rates>('/api/admin/rates', { method: 'PATCH', body }),
} as const

/** What differs: only that is sent, so that two people who change different rates do not undo each other. */
export function changedRates(old: Rates, wanted: Rates): RatesChange {
  const changed = Object.entries(wanted).filter(([name, value]) => JSON.stringify(old[name as keyof Rates]) !== JSON.stringify(value))
  return Object.fromEntries(changed) as RatesChange
}
