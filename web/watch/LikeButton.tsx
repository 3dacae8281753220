// The heart under the picture, with how many the room has given.
import { useSyncExternalStore } from 'react'
import { Heart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LikeCounter } from '../chat/LikeCounter.ts'
import { formatCount } from '../i18n/formatCount.ts'
import styles from './WatchInfo.module.css'

export function LikeButton({ likes }: { readonly likes: LikeCounter }) {
  const { t, i18n } = useTranslation()
  const total = useSyncExternalStore(likes.subscribe, () => likes.total)
  const shown = formatCount(total, i18n.language)
  return (
    <button type="button" className={styles.like} onClick={() => likes.like()} aria-label={`${t('chat.like')} · ${t('chat.likes', { shown })}`} title={t('chat.like')} data-testid="like" data-likes={total}>
      <Heart size={18} aria-hidden="true" />
      {shown}
    </button>
  )
}
