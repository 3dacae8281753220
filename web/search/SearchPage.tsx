// `/search?q=`: channels, shows and people found by a word.
import { useTranslation } from 'react-i18next'

export function SearchPage() {
  const { t } = useTranslation()
  return <title>{`${t('discovery.title')} · Footlight`}</title>
}
