// `/pay/sandbox/:orderId`: the payment page of the sandbox provider.
import { useTranslation } from 'react-i18next'

export function SandboxPayPage() {
  const { t } = useTranslation()
  return <h1>{t('recharge.title')}</h1>
}
