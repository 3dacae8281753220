// The studio’s income: per show, day and gift, and withdrawals.
import { useTranslation } from 'react-i18next'

export function IncomeTab() {
  const { t } = useTranslation()
  return <h1>{t('income.title')}</h1>
}
