// What is chosen at the counter: currency, package and way to pay, and the order made of it, once however often one clicks.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Amount, RealCurrency } from '../../server/contract/money.ts'
import type { OrderView, PackagesView, PackageView } from '../../server/contract/recharge.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { firstCurrency, firstPackage, payOptions } from './payOptions.ts'
import type { PayOption } from './payOptions.ts'
import { rechargeApi } from './rechargeApi.ts'

export type Counter = {
  /** Null until it is known. */
  readonly offer: PackagesView | null
  readonly failure: string | null
  readonly reload: () => void
  readonly currencies: readonly RealCurrency[]
  readonly currency: RealCurrency | null
  readonly setCurrency: (currency: RealCurrency) => void
  readonly packages: readonly PackageView[]
  readonly chosen: PackageView | null
  readonly choose: (id: string) => void
  readonly options: readonly PayOption[]
  readonly option: PayOption | null
  readonly setOption: (key: PayOption['key']) => void
  readonly busy: boolean
  /** @returns null when it failed: `failure` says why */
  readonly order: (next: string | null) => Promise<OrderView | null>
}

const newKey = () => crypto.getRandomValues(new Uint8Array(16)).reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '')

/** @param need coins that are missing for what one wants to do */
export function useCounter(need: Amount | null = null): Counter {
  const { i18n } = useTranslation()
  const failureText = useFailureText()
  const { data: offer, error, reload } = useResource('recharge packages', (signal) => rechargeApi.packages(signal))
  const [wanted, setWanted] = useState<{ currency?: RealCurrency; id?: string; way?: PayOption['key'] }>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // The same choice that is sent again, after a lost answer, is the same order.
  const intent = useRef({ choice: '', key: '' })

  const currencies = [...new Set((offer?.packages ?? []).map(({ currency }) => currency))]
  const currency = currencies.find((one) => one === wanted.currency) ?? firstCurrency(currencies, i18n.language)
  const packages = (offer?.packages ?? []).filter((one) => one.currency === currency)
  const chosen = packages.find(({ id }) => id === wanted.id) ?? firstPackage(packages, need)
  const options = offer === null || currency === null ? [] : payOptions(offer.providers, currency)
  const option = options.find(({ key }) => key === wanted.way) ?? options[0] ?? null

  const order = async (next: string | null): Promise<OrderView | null> => {
    if (chosen === null || option === null) return null
    const choice = `${chosen.id} ${option.key}`
    if (intent.current.choice !== choice) intent.current = { choice, key: newKey() }
    setBusy(true)
    setProblem(null)
    try {
      const made = await rechargeApi.make({ package: chosen.id, price: chosen.price, provider: option.provider, way: option.way, key: intent.current.key, ...(next === null ? {} : { next }) })
      intent.current = { choice: '', key: '' }
      return made
    } catch (thrown) {
      setProblem(failureText(thrown))
      if (RequestFailed.from(thrown).code === 'price-changed') reload()
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    offer,
    failure: problem ?? (error === null ? null : failureText(error)),
    reload,
    currencies,
    currency,
    setCurrency: (next) => setWanted((old) => ({ ...old, currency: next })),
    packages,
    chosen,
    choose: (id) => setWanted((old) => ({ ...old, id })),
    options,
    option,
    setOption: (way) => setWanted((old) => ({ ...old, way })),
    busy,
    order,
  }
}
