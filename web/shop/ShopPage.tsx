// `/shop`: goods for coins, coins for beans, and what was ordered.
import { useTranslation } from 'react-i18next'

export function ShopPage() {
  const { t } = useTranslation()
  return <h1>{t('shop.title')}</h1>
}
