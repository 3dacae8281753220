// `/following`: the channels one follows, live ones first.
import { useTranslation } from 'react-i18next'

export function FollowingPage() {
  const { t } = useTranslation()
  return <title>{`${t('people.title')} · Footlight`}</title>
}
