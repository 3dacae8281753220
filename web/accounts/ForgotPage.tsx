// `/forgot`: the way back in for who lost the password.
import { useTranslation } from 'react-i18next'

export function ForgotPage() {
  const { t } = useTranslation()
  return <title>{`${t('settings.title')} · Footlight`}</title>
}
