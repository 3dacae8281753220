// `/rankings`: channels of the hour, the day and the week.
import { Clock, Eye, Trophy, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { RankingPeriod, RankingView } from '../../server/contract/discovery.ts'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Cover } from '../ui/Cover.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { discoveryApi } from './discoveryApi.ts'
import { GiftBoard } from './GiftBoard.tsx'
import styles from './RankingsPage.module.css'

const periods: readonly RankingPeriod[] = ['hour', 'day', 'week']
const REFRESH_MS = 30_000

function Entry({ entry, place, most }: { readonly entry: RankingView['entries'][number]; readonly place: number; readonly most: number }) {
  const { t, i18n } = useTranslation()
  const { card, watchSeconds, peakViewers } = entry
  const watched = watchSeconds >= 3600 ? t('discovery.watched', { hours: formatCount(watchSeconds / 3600, i18n.language) }) : t('discovery.watchedMinutes', { minutes: formatCount(Math.ceil(watchSeconds / 60), i18n.language) })
  return (
    <li className={styles.entry} data-testid="ranking-entry" data-channel={card.channel}>
      <span className={styles.place} data-place={place} aria-label={t('discovery.rank', { place })}>
        {place}
      </span>
      <span className={styles.cover}>
        <Cover url={card.coverUrl} />
      </span>
      <div className={styles.words}>
        <Link to={`/c/${card.channel}`} className={styles.title}>
          {card.title}
        </Link>
        <span className={styles.owner}>
          <Avatar name={card.owner.displayName} url={card.owner.avatarUrl} size={20} />
          {card.owner.displayName}
          <span className={styles.category}>{t(`category.${card.category}`)}</span>
        </span>
        <span className={styles.measure} style={{ width: `${Math.max(2, (100 * watchSeconds) / most)}%` }} aria-hidden="true" />
      </div>
      <div className={styles.numbers}>
        {card.live === null ? null : <LiveBadge state={card.live.state} />}
        <span>
          <Clock size={14} aria-hidden="true" />
          {watched}
        </span>
        <span className={styles.peak}>
          <Eye size={14} aria-hidden="true" />
          {t('discovery.peak', { count: peakViewers })}
        </span>
      </div>
    </li>
  )
}

const boards = ['viewers', 'hosts', 'senders'] as const

export function RankingsPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const board = boards.find((name) => name === params.get('by')) ?? 'viewers'
  return (
    <div className={styles.page}>
      <title>{`${t('discovery.rankings')} · Footlight`}</title>
      <h1>{t('discovery.rankings')}</h1>
      <nav className={styles.boards} aria-label={t('discovery.rankings')}>
        {boards.map((name) => (
          <Link key={name} to={name === 'viewers' ? '/rankings' : `/rankings?by=${name}`} replace className={styles.board} aria-current={name === board ? 'page' : undefined} data-testid={`board-${name}`}>
            {t(`gifts.${name}`)}
          </Link>
        ))}
      </nav>
      {board === 'viewers' ? <WatchedBoard /> : <GiftBoard side={board === 'hosts' ? 'host' : 'sender'} />}
    </div>
  )
}

function WatchedBoard() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [params] = useSearchParams()
  const period = periods.find((name) => name === params.get('period')) ?? 'day'
  const { data, error, loading, reload } = useResource(`rankings:${period}`, (signal) => discoveryApi.rankings(period, signal), { everyMs: REFRESH_MS })
  return (
    <>
      <p className={styles.lead}>{t('discovery.rankingsLead')}</p>
      <nav className={styles.tabs} aria-label={t('discovery.rankings')}>
        {periods.map((name) => (
          <Link key={name} to={`/rankings?period=${name}`} replace className={styles.tab} aria-current={name === period ? 'page' : undefined} data-testid={`period-${name}`}>
            {t(`discovery.period.${name}`)}
          </Link>
        ))}
      </nav>
      {data === null && error !== null ? (
        <MessageBox tone="bad" title={failureText(error)} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>} />
      ) : data === null ? (
        <ol className={styles.list} aria-busy="true">
          {Array.from({ length: 8 }, (_, index) => (
            <li key={index} className={`skeleton ${styles.wait}`} />
          ))}
        </ol>
      ) : data.entries.length === 0 ? (
        <MessageBox title={t('discovery.rankingEmpty')} icon={<Trophy size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('discovery.toAll')}</ButtonLink>}>
          {t('discovery.rankingEmptyBody')}
        </MessageBox>
      ) : (
        <ol className={styles.list}>
          {data.entries.map((entry, index) => (
            <Entry key={entry.card.channel} entry={entry} place={index + 1} most={data.entries[0]?.watchSeconds ?? 1} />
          ))}
        </ol>
      )}
    </>
  )
}
