// `/`: followed channels, recommendations and everything live; `?category=` and `?tag=` narrow it.
import { useState } from 'react'
import { Clapperboard, Compass, Trophy, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { ChannelCard, HomeView, RecommendedCard } from '../../server/contract/discovery.ts'
import type { Category } from '../../server/contract/http.ts'
import { useResource } from '../client/useResource.ts'
import { discoveryApi } from '../discovery/discoveryApi.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { FilterBar } from './FilterBar.tsx'
import styles from './HomePage.module.css'
import { keepHome } from './keepOrder.ts'
import { LiveCardItem, LiveCardSkeleton } from './LiveCardItem.tsx'
import { OfflineRow } from './OfflineRow.tsx'

const REFRESH_MS = 10_000
const PAGE = 48

type SectionProps = { readonly id: string; readonly title: string; readonly cards: readonly (ChannelCard | RecommendedCard)[]; readonly now: number; readonly plain?: boolean }

function Section({ id, title, cards, now, plain = false }: SectionProps) {
  if (cards.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby={`home-${id}`} data-testid={`home-${id}`}>
      <h2 id={`home-${id}`} className={plain ? 'visually-hidden' : styles.heading}>
        {title}
      </h2>
      <ul className={styles.grid}>
        {cards.map((card) => (
          <li key={card.channel}>
            <LiveCardItem card={card} now={now} {...('reason' in card ? { reason: card.reason } : {})} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Waiting() {
  return (
    <ul className={styles.grid} aria-busy="true">
      {Array.from({ length: 12 }, (_, index) => (
        <li key={index}>
          <LiveCardSkeleton />
        </li>
      ))}
    </ul>
  )
}

const shownOf = (home: HomeView) => home.following.live.length + home.following.offline.length + home.recommended.length + home.live.length

export function HomePage() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const now = useNow()
  const [params] = useSearchParams()
  const tag = params.get('tag')
  const asked = params.get('category')
  const category = asked !== null && i18n.exists(`category.${asked}`) ? (asked as Category) : null
  const filtered = category !== null || tag !== null
  const key = `home:${category ?? ''}:${tag ?? ''}`
  const [grown, setGrown] = useState({ key, limit: PAGE })
  const limit = grown.key === key ? grown.limit : PAGE
  const { data: home, error, loading, reload } = useResource(key, (signal) => discoveryApi.home({ category, tag, limit }, signal), { everyMs: REFRESH_MS, merge: keepHome })

  const heading = [category === null ? '' : t(`category.${category}`), tag === null ? '' : `#${tag}`].filter(Boolean).join(' ') || t('home.title')
  const onAir = home === null ? 0 : filtered ? home.total : home.categories.reduce((sum, { live }) => sum + live, 0)
  return (
    <div className={styles.page}>
      <title>{`${heading} · Footlight`}</title>
      <div className={styles.head}>
        <h1>{heading}</h1>
        <p className={styles.count} role="status">
          {home === null ? '' : error === null ? (onAir > 0 ? t('home.count', { count: onAir }) : '') : t('home.stale')}
        </p>
        <Link to="/rankings" className={styles.rankings}>
          <Trophy size={16} aria-hidden="true" />
          {t('discovery.rankings')}
        </Link>
      </div>
      <FilterBar category={category} tag={tag} home={home} />

      {home === null && error !== null ? (
        <MessageBox tone="bad" title={t('home.errorTitle')} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>}>
          {failureText(error)}
        </MessageBox>
      ) : home === null ? (
        <Waiting />
      ) : filtered && home.live.length === 0 ? (
        <MessageBox title={t('discovery.filteredEmpty')} icon={<Compass size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/">{t('discovery.toAll')}</ButtonLink>} testId="home-empty">
          {t('discovery.filteredEmptyBody')}
        </MessageBox>
      ) : (
        <>
          <Section id="following" title={t('discovery.following')} cards={home.following.live} now={now} />
          <OfflineRow cards={home.following.offline} />
          <Section id="recommended" title={t('discovery.recommended')} cards={home.recommended} now={now} />
          <Section id="live" title={t(shownOf(home) > home.live.length ? 'discovery.more' : 'discovery.all')} cards={home.live} now={now} plain={shownOf(home) === home.live.length} />
          {home.total > home.live.length ? (
            <div className={styles.more}>
              <Button
                busy={loading}
                onClick={() => {
                  setGrown({ key, limit: limit + PAGE })
                  reload()
                }}
              >
                {t('discovery.showMore')}
              </Button>
            </div>
          ) : null}
          {onAir === 0 ? (
            <MessageBox title={t('home.emptyTitle')} icon={<Clapperboard size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/studio">{t('home.emptyStudio')}</ButtonLink>} testId="home-empty">
              {t('home.emptyBody')}
            </MessageBox>
          ) : null}
        </>
      )}
    </div>
  )
}
