// `/recharge/:orderId`: how an order goes on until its coins are there.
import { useTranslation } from 'react-i18next'

export function OrderPage() {
  const { t } = useTranslation()
  return <h1>{t('recharge.title')}</h1>
}
