// `/notifications`: everything the bell has told.
import { useTranslation } from 'react-i18next'

export function NotificationsPage() {
  const { t } = useTranslation()
  return <title>{`${t('notify.title')} · Footlight`}</title>
}
