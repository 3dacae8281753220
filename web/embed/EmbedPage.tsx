// `/embed/:channel`: the player alone, for other sites' pages.
import { useTranslation } from 'react-i18next'

export function EmbedPage() {
  const { t } = useTranslation()
  return <title>{`${t('embed.title')} · Footlight`}</title>
}
