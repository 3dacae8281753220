// `/settings/*`: profile, password, sessions, notifications and privacy of one's own account.
import { useTranslation } from 'react-i18next'

export function SettingsPage() {
  const { t } = useTranslation()
  return <title>{`${t('settings.title')} · Footlight`}</title>
}
