// `/wallet`: what one has, and where it came from and went.
import { useTranslation } from 'react-i18next'

export function WalletPage() {
  const { t } = useTranslation()
  return <h1>{t('wallet.title')}</h1>
}
