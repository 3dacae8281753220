// `/c/:channel`: the player first, then what is on, who hosts it, and what was kept.
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { Eye, Info, Tv } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { useNow } from '../i18n/useNow.ts'
import { useLiveSession } from '../playback/useLiveSession.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { LivePlayer } from './LivePlayer.tsx'
import { ReplayList } from './ReplayList.tsx'
import styles from './WatchPage.module.css'

function LiveFor({ liveAt }: { readonly liveAt: string }) {
  const { t } = useTranslation()
  const now = useNow()
  return <span className={styles.fact}>{t('liveFor', { time: formatDuration(now - Date.parse(liveAt)) })}</span>
}

export function WatchPage() {
  const { channel: name = '' } = useParams()
  const { t, i18n } = useTranslation()
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [theatre, setTheatre] = useState(false)
  const { data: channel, error, reload } = useResource(`channel:${name}`, (signal) => api.channel(name, signal))
  const { live, controls } = useLiveSession(name, video)

  // A new, changed or ended broadcast changes what HTTP told: cover, title, replays.
  const broadcastKey = live.broadcast === null ? null : `${live.broadcast.id} ${live.broadcast.state}`
  useEffect(() => {
    if (broadcastKey !== null) reload()
  }, [broadcastKey, reload])

  if (error?.code === 'channel-not-found' || error?.code === 'bad-request' || error?.code === 'not-found') {
    return (
      <div className={styles.missing}>
        <title>{`${t('watch.notFoundTitle')} · Footlight`}</title>
        <MessageBox title={t('watch.notFoundTitle')} icon={<Tv size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}>
          {t('watch.notFoundBody')}
        </MessageBox>
      </div>
    )
  }

  const onAir = live.broadcast !== null && live.broadcast.state !== 'ended'
  const title = (onAir ? live.broadcast?.title : null) ?? channel?.title ?? null
  const viewers = live.viewers ?? channel?.broadcast?.viewers ?? null
  const poster = channel?.liveCoverUrl ?? channel?.coverUrl ?? null
  const endedReplay = live.broadcast === null ? null : (channel?.replays.find(({ broadcastId }) => broadcastId === live.broadcast?.id) ?? null)

  return (
    <div className={theatre ? `${styles.page} ${styles.wide}` : styles.page}>
      <title>{title === null ? 'Footlight' : `${title} · ${channel?.owner ?? name} · Footlight`}</title>
      <div className={styles.stage}>
        <LivePlayer live={live} controls={controls} onVideo={setVideo} poster={poster} theatre={theatre} onTheatre={() => setTheatre((old) => !old)} replayPath={endedReplay === null ? null : `/r/${endedReplay.broadcastId}`} />
      </div>
      {live.fallback === null || !onAir ? null : (
        <div className={styles.note}>
          <MessageBox
            size="note"
            tone="warn"
            title={t(live.fallback === 'timeout' ? 'player.fallbackTimeout' : live.fallback === 'failed' ? 'player.fallbackFailed' : 'player.fallbackUnsupported')}
            icon={<Info size={18} aria-hidden="true" />}
            actions={<Button onClick={() => controls.setMode('auto')}>{t('player.tryWebrtc')}</Button>}
            testId="notice"
          />
        </div>
      )}
      <div className={styles.info}>
        <div className={styles.head}>
          <div className={styles.words}>
            {title === null ? <span className={`skeleton ${styles.titleWait}`} /> : <h1>{title}</h1>}
            <p className={styles.by}>
              {channel === null ? <span className={`skeleton ${styles.byWait}`} /> : <Link to={`/c/${channel.name}`}>{t('watch.by', { owner: channel.owner })}</Link>}
              {channel === null ? null : <span className={styles.tag}>{t(`category.${channel.category}`)}</span>}
            </p>
          </div>
          <div className={styles.facts}>
            <LiveBadge state={live.state} testId="player-state" />
            {viewers === null || !onAir ? null : (
              <span className={styles.fact} data-testid="viewers" data-viewers={viewers}>
                <Eye size={16} aria-hidden="true" />
                {t('viewers', { count: viewers, shown: formatCount(viewers, i18n.language) })}
              </span>
            )}
            {onAir && live.broadcast?.liveAt != null ? <LiveFor liveAt={live.broadcast.liveAt} /> : null}
            <CopyButton text={`${location.origin}/c/${name}`} label={t('watch.share')} />
          </div>
        </div>
        <p className="visually-hidden" role="status">
          {t('watch.stateOfPlayer', { state: t(`state.${live.state}`) })}
        </p>
        {error === null || channel !== null ? null : (
          <MessageBox size="note" tone="bad" title={t(`error.${error.code}`)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
        )}
        {channel === null ? null : <ReplayList replays={channel.replays.filter(({ broadcastId, state }) => state !== 'recording' || broadcastId !== live.broadcast?.id)} />}
      </div>
    </div>
  )
}
