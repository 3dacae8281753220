// Below the picture: what is on, who hosts it, who is here, what comes next and what was kept.
import { Suspense, useCallback, useState } from 'react'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChannelView } from '../../server/contract/http.ts'
import type { ChatFeed } from '../chat/ChatFeed.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { useNow } from '../i18n/useNow.ts'
import type { LiveSnapshot } from '../playback/LiveSnapshot.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { LikeButton } from './LikeButton.tsx'
import { ReplayList } from './ReplayList.tsx'
import styles from './WatchInfo.module.css'

const PeoplePopover = lazyPart(() => import('../chat/PeoplePopover.tsx').then((popover) => ({ default: popover.PeoplePopover })))
// What is pressed later comes later: the picture goes first.
const FollowButton = lazyPart(() => import('../people/FollowButton.tsx').then((button) => ({ default: button.FollowButton })))
const GuardButton = lazyPart(() => import('../guard/GuardButton.tsx').then((button) => ({ default: button.GuardButton })))
const ShareButton = lazyPart(() => import('../share/ShareButton.tsx').then((button) => ({ default: button.ShareButton })))
const ReportButton = lazyPart(() => import('../moderation/ReportButton.tsx').then((button) => ({ default: button.ReportButton })))
const TopGivers = lazyPart(() => import('../gifts/TopGivers.tsx').then((top) => ({ default: top.TopGivers })))
const NextShow = lazyPart(() => import('../schedule/NextShow.tsx').then((show) => ({ default: show.NextShow })))

function LiveFor({ liveAt }: { readonly liveAt: string }) {
  const { t } = useTranslation()
  const now = useNow()
  return <span className={styles.fact}>{t('liveFor', { time: formatDuration(now - Date.parse(liveAt)) })}</span>
}

type Props = {
  readonly name: string
  readonly channel: ChannelView | null
  readonly live: LiveSnapshot
  readonly title: string | null
  readonly feed: ChatFeed | null
  readonly onPerson: (name: string) => void
  /** Nothing is on, but something is announced. */
  readonly onShow: () => void
}

export function WatchInfo({ name, channel, live, title, feed, onPerson, onShow }: Props) {
  const { t, i18n } = useTranslation()
  const [people, setPeople] = useState(false)
  const closePeople = useCallback(() => setPeople(false), [])
  const onAir = live.broadcast !== null && live.broadcast.state !== 'ended'
  const viewers = live.viewers ?? channel?.broadcast?.viewers ?? null
  const replays = channel?.replays.filter(({ broadcastId, state }) => state !== 'recording' || broadcastId !== live.broadcast?.id) ?? []
  return (
    <>
      <div className={styles.head}>
        <div className={styles.words}>
          {title === null ? <span className={`skeleton ${styles.titleWait}`} /> : <h1>{title}</h1>}
          <div className={styles.facts}>
            <LiveBadge state={live.state} testId="player-state" />
            {viewers === null || !onAir ? null : (
              <span className={styles.here}>
                <button type="button" className={styles.viewers} onClick={() => setPeople(!people)} aria-expanded={people} title={t('chat.people')} disabled={feed === null} data-testid="viewers" data-viewers={viewers}>
                  <Eye size={16} aria-hidden="true" />
                  {t('viewers', { count: viewers, shown: formatCount(viewers, i18n.language) })}
                </button>
                {people && feed !== null ? (
                  <Suspense>
                    <PeoplePopover
                      feed={feed}
                      onClose={closePeople}
                      onPerson={(person) => {
                        closePeople()
                        onPerson(person)
                      }}
                    />
                  </Suspense>
                ) : null}
              </span>
            )}
            <Suspense>{feed === null || !onAir ? null : <TopGivers channel={name} onPerson={onPerson} />}</Suspense>
            {onAir && live.broadcast?.liveAt != null ? <LiveFor liveAt={live.broadcast.liveAt} /> : null}
            {channel === null ? null : <span className={styles.tag}>{t(`category.${channel.category}`)}</span>}
            {channel?.tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
          </div>
        </div>
      </div>
      <div className={styles.hostRow}>
        {channel === null ? (
          <span className={`skeleton ${styles.byWait}`} />
        ) : (
          <Link to={`/u/${channel.owner}`} className={styles.host} aria-label={t('watch.by', { owner: channel.ownerPerson.displayName })}>
            <Avatar name={channel.ownerPerson.displayName} url={channel.ownerPerson.avatarUrl} size={42} />
            <span>
              <b>{channel.ownerPerson.displayName}</b>
              <small>@{channel.owner}</small>
            </span>
          </Link>
        )}
        <Suspense>{channel === null ? null : <FollowButton name={channel.owner} onChange={() => void feed?.refresh()} />}</Suspense>
        <Suspense>{channel === null ? null : <GuardButton channel={name} />}</Suspense>
        <span className={styles.space} />
        <div className={styles.actions}>
          {feed === null ? null : <LikeButton likes={feed.likes} />}
          <Suspense>{title === null ? null : <ShareButton path={`/c/${name}`} title={title} kind="channel" />}</Suspense>
          <span className={styles.copy}>
            <CopyButton text={`${location.origin}/c/${name}`} label={t('watch.share')} />
          </span>
          <Suspense>{live.broadcast === null ? null : <ReportButton about={{ type: 'broadcast', id: live.broadcast.id, channel: name }} />}</Suspense>
        </div>
      </div>
      <Suspense>{channel === null || onAir ? null : <NextShow channel={name} onFound={onShow} />}</Suspense>
      {channel === null ? null : <ReplayList replays={replays} firstLabelled={!onAir} />}
    </>
  )
}
