// `/studio`: where a host opens a channel, goes live from this browser or OBS, and minds the channel.
import { Suspense, useState } from 'react'
import { CalendarClock, Globe, MonitorPlay, Settings, ShieldCheck, Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import type { ChannelView } from '../../server/contract/http.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useChatFeed } from '../chat/useChat.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { BrowserTab } from './BrowserTab.tsx'
import { ChannelSettings } from './ChannelSettings.tsx'
import { CreateChannel } from './CreateChannel.tsx'
import { NoticeList } from './NoticeList.tsx'
import { ObsTab } from './ObsTab.tsx'
import styles from './StudioPage.module.css'
import { StudioStatus } from './StudioStatus.tsx'
import { StudioTabs } from './StudioTabs.tsx'
import { useStudioFeed } from './useStudioFeed.ts'

const ChatPanel = lazyPart(() => import('../chat/ChatPanel.tsx').then((panel) => ({ default: panel.ChatPanel })))
const ModerationTab = lazyPart(() => import('../moderation/ModerationTab.tsx').then((tab) => ({ default: tab.ModerationTab })))
const IncomeTab = lazyPart(() => import('../income/IncomeTab.tsx').then((tab) => ({ default: tab.IncomeTab })))
const ScheduleTab = lazyPart(() => import('../schedule/ScheduleTab.tsx').then((tab) => ({ default: tab.ScheduleTab })))

const tabNames = ['browser', 'obs', 'schedule', 'moderation', 'income', 'settings'] as const
type TabName = (typeof tabNames)[number]

function ChannelStudio({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const { known, broadcast, viewers, notices, dismiss } = useStudioFeed(channel.name)
  // Who is live from elsewhere finds that at first; nothing changes under one's hands later.
  const [first, setFirst] = useState<'browser' | 'obs' | null>(null)
  if (known && first === null) setFirst(broadcast !== null && broadcast.state !== 'ended' && broadcast.source !== 'browser' ? 'obs' : 'browser')
  const asked = tabNames.find((name) => name === params.get('tab'))
  const tab: TabName = asked ?? first ?? 'browser'
  const icons = { browser: <Globe size={18} aria-hidden="true" />, obs: <MonitorPlay size={18} aria-hidden="true" />, schedule: <CalendarClock size={18} aria-hidden="true" />, moderation: <ShieldCheck size={18} aria-hidden="true" />, income: <Sprout size={18} aria-hidden="true" />, settings: <Settings size={18} aria-hidden="true" /> }
  const labels = { browser: t('studio.browser'), obs: t('studio.obs'), schedule: t('chat.studioSchedule'), moderation: t('chat.studioModeration'), income: t('income.title'), settings: t('studio.settings') }
  const feed = useChatFeed(channel.name, true)
  return (
    <div className={styles.page}>
      <StudioStatus channel={channel.name} title={channel.title} known={known} broadcast={broadcast} viewers={viewers} />
      <NoticeList notices={notices} onDismiss={dismiss} />
      <div className={styles.columns}>
        <div className={styles.work}>
          <StudioTabs label={t('studio.tabs')} tabs={tabNames.map((key) => ({ key, label: labels[key], icon: icons[key] }))} chosen={tab} onChoose={(key) => setParams(key === first ? {} : { tab: key }, { replace: true })} />
          {/* The browser tab stays while another is shown: it may be on air. */}
          <div role="tabpanel" id="panel-browser" aria-labelledby="tab-browser" hidden={tab !== 'browser'}>
            <BrowserTab channel={channel.name} broadcast={broadcast} shown={tab === 'browser' && (asked !== undefined || first !== null)} />
          </div>
          {tab === 'obs' ? (
            <div role="tabpanel" id="panel-obs" aria-labelledby="tab-obs">
              <ObsTab channel={channel.name} broadcast={broadcast} />
            </div>
          ) : null}
          {tab === 'schedule' || tab === 'moderation' || tab === 'income' ? (
            <div role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
              <Suspense fallback={<Spinner />}>{tab === 'schedule' ? <ScheduleTab channel={channel.name} /> : tab === 'income' ? <IncomeTab channel={channel.name} /> : <ModerationTab channel={channel.name} />}</Suspense>
            </div>
          ) : null}
          {tab === 'settings' ? (
            <div role="tabpanel" id="panel-settings" aria-labelledby="tab-settings">
              <ChannelSettings channel={channel} />
            </div>
          ) : null}
        </div>
        <aside className={styles.chat} aria-label={t('chat.title')} data-testid="studio-chat">
          {feed === null ? (
            <Spinner />
          ) : (
            <Suspense fallback={<Spinner />}>
              <ChatPanel feed={feed} owner={channel.owner} />
            </Suspense>
          )}
        </aside>
      </div>
    </div>
  )
}

export function StudioPage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me, error, reload } = useSession()
  if (me !== null && me.user === null) return <Navigate to="/login?next=/studio" replace />
  return (
    <>
      <title>{`${t('studio.title')} · Footlight`}</title>
      {me === null || me.user === null ? (
        <div className={styles.wait}>
          {error === null ? (
            <Spinner large />
          ) : (
            <MessageBox tone="bad" title={failureText(error)} actions={<Button onClick={() => void reload()}>{t('app.retry')}</Button>} />
          )}
        </div>
      ) : me.channel === null ? (
        <CreateChannel userName={me.user.name} />
      ) : (
        <ChannelStudio channel={me.channel} />
      )}
    </>
  )
}
