// `/studio`: where a host opens a channel, goes live from this browser or OBS, and minds the channel.
import { Globe, MonitorPlay, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import type { ChannelView } from '../../server/contract/http.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
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

const tabNames = ['browser', 'obs', 'settings'] as const
type TabName = (typeof tabNames)[number]

function ChannelStudio({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const tab: TabName = tabNames.find((name) => name === params.get('tab')) ?? 'browser'
  const { broadcast, viewers, notices, dismiss } = useStudioFeed(channel.name)
  const icons = { browser: <Globe size={18} aria-hidden="true" />, obs: <MonitorPlay size={18} aria-hidden="true" />, settings: <Settings size={18} aria-hidden="true" /> }
  return (
    <div className={styles.page}>
      <StudioStatus channel={channel.name} title={channel.title} broadcast={broadcast} viewers={viewers} />
      <NoticeList notices={notices} onDismiss={dismiss} />
      <StudioTabs label={t('studio.tabs')} tabs={tabNames.map((key) => ({ key, label: t(`studio.${key}`), icon: icons[key] }))} chosen={tab} onChoose={(key) => setParams(key === 'browser' ? {} : { tab: key }, { replace: true })} />
      {/* The browser tab stays while another is shown: it may be on air. */}
      <div role="tabpanel" id="panel-browser" aria-labelledby="tab-browser" hidden={tab !== 'browser'}>
        <BrowserTab channel={channel.name} broadcast={broadcast} shown={tab === 'browser'} />
      </div>
      {tab === 'obs' ? (
        <div role="tabpanel" id="panel-obs" aria-labelledby="tab-obs">
          <ObsTab channel={channel.name} broadcast={broadcast} />
        </div>
      ) : null}
      {tab === 'settings' ? (
        <div role="tabpanel" id="panel-settings" aria-labelledby="tab-settings">
          <ChannelSettings channel={channel} />
        </div>
      ) : null}
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
