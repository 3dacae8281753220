// `/rankings`: channels of the hour, the day and the week.
import { useTranslation } from 'react-i18next'

export function RankingsPage() {
  const { t } = useTranslation()
  return <title>{`${t('discovery.title')} · Footlight`}</title>
}
