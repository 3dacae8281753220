// `/guard/:channel`: becoming a guard, and who the guards are.
import { useTranslation } from 'react-i18next'

export function GuardPage() {
  const { t } = useTranslation()
  return <h1>{t('guard.title')}</h1>
}
