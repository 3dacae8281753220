// `/recharge`: coins for money.
import { useTranslation } from 'react-i18next'

export function RechargePage() {
  const { t } = useTranslation()
  return <h1>{t('recharge.title')}</h1>
}
