// What a currency is called: coins and beans by the site's words, real money by the reader's language.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Currency } from '../../../server/contract/money.ts'

export function useCurrencyName(): (currency: Currency) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (currency: Currency) => {
      if (currency === 'coin') return t('wallet.coinsTitle')
      if (currency === 'bean') return t('wallet.beansTitle')
      return `${new Intl.DisplayNames(i18n.language, { type: 'currency' }).of(currency) ?? currency} (${currency})`
    },
    [t, i18n.language],
  )
}
