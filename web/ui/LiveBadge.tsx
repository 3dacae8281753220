// The small sign that says LIVE, or what it is instead.
import { useTranslation } from 'react-i18next'
import styles from './LiveBadge.module.css'

export type BadgeState = 'live' | 'interrupted' | 'starting' | 'offline' | 'connecting' | 'reconnecting' | 'ended' | 'banned' | 'ticket'

export function LiveBadge({ state, testId }: { readonly state: BadgeState; readonly testId?: string }) {
  const { t } = useTranslation()
  return (
    <span className={`${styles.badge} ${styles[state] ?? ''}`} data-testid={testId} data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  )
}
