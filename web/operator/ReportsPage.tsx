// `/operator/reports`: what users complained of, for operators.
import { useTranslation } from 'react-i18next'

export function ReportsPage() {
  const { t } = useTranslation()
  return <title>{`${t('moderation.title')} · Footlight`}</title>
}
