// `/c/:channel`: the player first, then what is on, the chat beside it, and what was kept.
import { Suspense, useEffect, useState } from 'react'
import { Info, Tv } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useChatFeed } from '../chat/useChat.ts'
import { api } from '../client/api.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useResource } from '../client/useResource.ts'
import { useDanmaku } from '../danmaku/useDanmaku.ts'
import { useGiftShow } from '../gifts/useGiftShow.ts'
import { useLiveSession } from '../playback/useLiveSession.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { ChatColumn } from './ChatColumn.tsx'
import { HostStrip } from './HostStrip.tsx'
import { LivePlayer } from './LivePlayer.tsx'
import { StageOver } from './StageOver.tsx'
import { useChatPlace } from './useChatPlace.ts'
import { useNarrow } from './useNarrow.ts'
import { WatchInfo } from './WatchInfo.tsx'
import styles from './WatchPage.module.css'

const UserCard = lazyPart(() => import('../people/UserCard.tsx').then((card) => ({ default: card.UserCard })))

const LiveTicket = lazyPart(() => import('../tickets/LiveTicket.tsx').then((ticket) => ({ default: ticket.LiveTicket })))

/** The chat's code waits for the picture, but not for one that does not come. */
const CHAT_AFTER_MS = 1_500
const tabs = ['chat', 'about'] as const

export function WatchPage() {
  const { channel: name = '' } = useParams()
  const { t } = useTranslation()
  const { me } = useSession()
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [theatre, setTheatre] = useState(false)
  const [person, setPerson] = useState<string | null>(null)
  const [chatDue, setChatDue] = useState(false)
  const { data: channel, error, reload } = useResource(`channel:${name}`, (signal) => api.channel(name, signal))
  const { live, controls } = useLiveSession(name, video)
  const danmaku = useDanmaku()
  const place = useChatPlace()
  const narrow = useNarrow()
  const missing = error?.code === 'channel-not-found' || error?.code === 'bad-request' || error?.code === 'not-found'
  const feed = useChatFeed(name, !missing && (chatDue || live.state !== 'connecting'))
  const gifts = useGiftShow(feed, me?.user?.name ?? null)

  useEffect(() => {
    const timer = setTimeout(() => setChatDue(true), CHAT_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])

  // A new, changed or ended broadcast changes what HTTP told: cover, title, replays.
  const broadcastKey = live.broadcast === null ? null : `${live.broadcast.id} ${live.broadcast.state}`
  useEffect(() => {
    if (broadcastKey !== null) reload()
  }, [broadcastKey, reload])

  if (missing) {
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
  // Who is kept out does not see what is on by way of its cover either.
  const poster = live.state === 'banned' ? null : (channel?.liveCoverUrl ?? channel?.coverUrl ?? null)
  const endedReplay = live.broadcast === null ? null : (channel?.replays.find(({ broadcastId }) => broadcastId === live.broadcast?.id) ?? null)
  const ownName = me?.user?.name ?? null
  const look = [styles.page, theatre ? styles.wide : '', place.collapsed ? styles.alone : ''].join(' ')

  return (
    <div className={look} data-tab={place.tab} style={place.visible === null ? undefined : { ['--visible' as string]: `${place.visible}px` }}>
      <title>{title === null ? 'Footlight' : `${title} · ${channel?.ownerPerson.displayName ?? name} · Footlight`}</title>
      <div className={styles.main}>
        <div className={styles.stage}>
          <LivePlayer
            live={live}
            controls={controls}
            onVideo={setVideo}
            poster={poster}
            theatre={theatre}
            onTheatre={() => setTheatre((old) => !old)}
            replayPath={endedReplay === null ? null : `/r/${endedReplay.broadcastId}`}
            danmaku={danmaku}
            over={feed === null ? null : <StageOver feed={feed} video={video} settings={danmaku.settings} ownName={ownName} gifts={gifts} />}
            onLike={feed === null ? null : () => feed.likes.like()}
            ticket={
              live.access === null ? null : (
                <Suspense>
                  <LiveTicket channel={name} live={live} cover={poster} onChanged={controls.refreshTicket} />
                </Suspense>
              )
            }
          />
        </div>
        {narrow && place.tab === 'chat' && channel !== null ? <HostStrip channel={channel} title={title ?? channel.title} viewers={onAir ? (live.viewers ?? channel.broadcast?.viewers ?? null) : null} onFollow={() => void feed?.refresh()} onPerson={setPerson} /> : null}
        <div className={styles.tabs} role="group" aria-label={t('chat.title')}>
          {tabs.map((tab) => (
            <button key={tab} type="button" aria-pressed={place.tab === tab} onClick={() => place.setTab(tab)} data-testid={`watch-tab-${tab}`}>
              {t(tab === 'chat' ? 'chat.title' : 'chat.about')}
            </button>
          ))}
        </div>
        <div className={styles.info}>
          {live.fallback === null || !onAir || live.state === 'ticket' ? null : (
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
          <p className="visually-hidden" role="status">
            {t('watch.stateOfPlayer', { state: t(`state.${live.state}`) })}
          </p>
          {error === null || channel !== null ? null : <MessageBox size="note" tone="bad" title={t(`error.${error.code}`)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />}
          {live.access?.refunded === true ? <MessageBox size="note" title={t('tickets.refunded')} icon={<Info size={18} aria-hidden="true" />} testId="ticket-refunded" /> : null}
          <WatchInfo name={name} channel={channel} live={live} title={title} feed={feed} onPerson={setPerson} onShow={place.preferAbout} />
        </div>
      </div>
      <aside className={styles.chat} aria-label={t('chat.title')}>
        <ChatColumn feed={feed} owner={channel?.owner ?? null} gifts={gifts} live={onAir} collapsed={place.collapsed} onCollapse={place.collapse} />
      </aside>
      {person === null ? null : (
        <Suspense>
          <UserCard name={person} channel={name} onClose={() => setPerson(null)} />
        </Suspense>
      )}
    </div>
  )
}
