// `/reset`: a new password, with the code or link of the way back in.
import { useTranslation } from 'react-i18next'

export function ResetPage() {
  const { t } = useTranslation()
  return <title>{`${t('settings.title')} · Footlight`}</title>
}
