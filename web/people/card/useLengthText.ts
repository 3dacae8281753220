// Says how long a mute or kick lasts, in the reader's language.
import { useTranslation } from 'react-i18next'
import type { Length } from './keepingActs.ts'

export function useLengthText(): (length: Length) => string {
  const { t } = useTranslation()
  return (length) => {
    if (length === 'show' || length === 'ever') return t(`moderation.${length}`)
    if (length >= 86_400) return t('moderation.days', { count: Math.round(length / 86_400) })
    return length >= 3600 ? t('moderation.hours', { count: Math.round(length / 3600) }) : t('moderation.minutes', { count: Math.round(length / 60) })
  }
}
