// `/`: who is live now, with pictures that are never older than some seconds.
import { Clapperboard, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './HomePage.module.css'
import { keepOrder } from './keepOrder.ts'
import { LiveCardItem, LiveCardSkeleton } from './LiveCardItem.tsx'

const REFRESH_MS = 10_000

export function HomePage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const now = useNow()
  const { data: cards, error, loading, reload } = useResource('live', api.live, { everyMs: REFRESH_MS, merge: keepOrder })

  return (
    <div className={styles.page}>
      <title>{`${t('home.title')} · Footlight`}</title>
      <div className={styles.head}>
        <div>
          <h1>{t('home.title')}</h1>
          <p className={styles.lead}>{t('home.lead')}</p>
        </div>
        <p className={styles.count} role="status">
          {cards === null ? '' : error === null ? (cards.length > 0 ? t('home.count', { count: cards.length }) : '') : t('home.stale')}
        </p>
      </div>

      {cards === null && error !== null ? (
        <MessageBox tone="bad" title={t('home.errorTitle')} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>}>
          {failureText(error)}
        </MessageBox>
      ) : cards !== null && cards.length === 0 ? (
        <MessageBox title={t('home.emptyTitle')} icon={<Clapperboard size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/studio">{t('home.emptyStudio')}</ButtonLink>}>
          {t('home.emptyBody')}
        </MessageBox>
      ) : (
        <ul className={styles.grid} aria-busy={cards === null}>
          {cards === null
            ? Array.from({ length: 6 }, (_, index) => (
                <li key={index}>
                  <LiveCardSkeleton />
                </li>
              ))
            : cards.map((card) => (
                <li key={card.channel}>
                  <LiveCardItem card={card} now={now} />
                </li>
              ))}
        </ul>
      )}
    </div>
  )
}
