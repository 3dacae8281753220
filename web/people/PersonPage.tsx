// `/u/:name`: a person's profile, followers and follows.
import { useTranslation } from 'react-i18next'

export function PersonPage() {
  const { t } = useTranslation()
  return <title>{`${t('people.title')} · Footlight`}</title>
}
