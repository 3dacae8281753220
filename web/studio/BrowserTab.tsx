// Going live from this browser: devices on the right, the picture on the left, one big button.
import { useEffect, useMemo, useRef, useState } from 'react'
import { Camera, CircleStop, Mic, MicOff, Radio, TriangleAlert, Video, VideoOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import { useBlocker } from 'react-router'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import type { OutgoingMedia } from './BrowserPublisher.ts'
import styles from './BrowserTab.module.css'
import { CaptureSettings } from './CaptureSettings.tsx'
import { LevelMeter } from './LevelMeter.tsx'
import { StatsPanel } from './StatsPanel.tsx'
import { loadSettings, saveSettings } from './studioSettings.ts'
import type { StudioSettings } from './studioSettings.ts'
import { useLocalMedia } from './useLocalMedia.ts'
import { usePublisher } from './usePublisher.ts'

type Props = { readonly channel: string; readonly broadcast: BroadcastView | null; readonly shown: boolean }

export function BrowserTab({ channel, broadcast, shown }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [settings, setSettings] = useState<StudioSettings>(loadSettings)
  const [opened, setOpened] = useState(shown)
  if (shown && !opened) setOpened(true)
  const [ending, setEnding] = useState(false)
  const { media, chooseScreen, retry } = useLocalMedia(settings, opened)
  const { video, audio } = media
  const outgoing = useMemo<OutgoingMedia>(
    () => ({ video, audio, screen: settings.picture === 'screen', sharp: settings.screenKind === 'text', kbps: settings.kbps, music: settings.music }),
    [video, audio, settings.picture, settings.screenKind, settings.kbps, settings.music],
  )
  const { publisher, goLive, end, setMicMuted, setPicturePaused } = usePublisher(channel, outgoing)
  const running = publisher.state === 'live' || publisher.state === 'starting' || publisher.state === 'reconnecting'
  const leaving = useBlocker(({ currentLocation, nextLocation }) => running && nextLocation.pathname !== currentLocation.pathname)
  const otherSource = !running && broadcast !== null && broadcast.state !== 'ended'

  const preview = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = preview.current
    if (element === null) return
    element.srcObject = video === null ? null : new MediaStream([video])
    if (video !== null) void element.play().catch(() => undefined)
  }, [video])
  useEffect(() => saveSettings(settings), [settings])

  return (
    <div className={styles.tab}>
      <div className={styles.left}>
        <div className={styles.stage}>
          <video ref={preview} className={settings.picture === 'camera' ? `${styles.video} ${styles.mirror}` : styles.video} muted playsInline aria-label={t('studio.preview')} data-testid="studio-preview" />
          {video !== null ? (
            publisher.picturePaused ? (
              <div className={styles.over}>
                <VideoOff size={28} aria-hidden="true" />
                <p>{t('studio.picturePaused')}</p>
              </div>
            ) : null
          ) : (
            <div className={styles.over}>
              {media.asking ? (
                <>
                  <Spinner large />
                  <p>{t('studio.asking')}</p>
                </>
              ) : media.needsScreen ? (
                <Button kind="primary" onClick={chooseScreen} data-testid="choose-screen">
                  {t('studio.chooseScreen')}
                </Button>
              ) : (
                <>
                  <Camera size={28} aria-hidden="true" />
                  <p>{t('studio.previewOff')}</p>
                </>
              )}
            </div>
          )}
        </div>
        <div className={styles.sound}>
          {publisher.micMuted ? <MicOff size={18} aria-hidden="true" /> : <Mic size={18} aria-hidden="true" />}
          <div className={styles.meter}>
            <LevelMeter track={publisher.micMuted ? null : audio} />
          </div>
        </div>
        {media.problem === null ? null : (
          <MessageBox size="note" tone="bad" title={t(`studio.${media.problem}Title`)} icon={<TriangleAlert size={18} aria-hidden="true" />} actions={<Button onClick={retry}>{t('app.retry')}</Button>} testId="capture-problem">
            {t(`studio.${media.problem}Body`)}
          </MessageBox>
        )}
        <div className={styles.actions}>
          {running ? (
            <>
              <Button icon={publisher.micMuted ? <MicOff aria-hidden="true" /> : <Mic aria-hidden="true" />} aria-pressed={publisher.micMuted} disabled={audio === null} onClick={() => setMicMuted(!publisher.micMuted)} data-testid="studio-mute">
                {t(publisher.micMuted ? 'studio.unmuteMicrophone' : 'studio.muteMicrophone')}
              </Button>
              <Button icon={publisher.picturePaused ? <VideoOff aria-hidden="true" /> : <Video aria-hidden="true" />} aria-pressed={publisher.picturePaused} disabled={video === null} onClick={() => setPicturePaused(!publisher.picturePaused)} data-testid="studio-pause">
                {t(publisher.picturePaused ? 'studio.resumePicture' : 'studio.pausePicture')}
              </Button>
              <span className={styles.space} />
              <Button kind="danger" icon={<CircleStop aria-hidden="true" />} onClick={() => setEnding(true)} data-testid="studio-end">
                {t('studio.end')}
              </Button>
            </>
          ) : (
            <Button kind="primary" icon={<Radio aria-hidden="true" />} wide disabled={video === null && audio === null} onClick={goLive} data-testid="studio-go-live">
              {t('studio.goLive')}
            </Button>
          )}
        </div>
        <div role="status" className={styles.words} data-testid="publisher-state" data-state={publisher.state}>
          {publisher.state === 'starting' ? <p>{t('studio.goingLive')}</p> : null}
          {publisher.state === 'reconnecting' ? <p>{t('studio.reconnecting')}</p> : null}
          {publisher.state === 'replaced' ? <p>{t('studio.replaced')}</p> : null}
          {publisher.state === 'stopped' ? <p>{t('studio.stopped')}</p> : null}
          {publisher.state === 'failed' ? (
            <p className={styles.bad}>
              {t('studio.publishFailed')}: {failureText(publisher.failure)}
            </p>
          ) : null}
          {otherSource ? <p>{t('studio.takeOver')}</p> : null}
          {!running && !media.asking && media.problem === null && video === null && audio === null ? <p>{t('studio.nothingToSend')}</p> : null}
        </div>
        {running ? (
          <div className={styles.card}>
            <StatsPanel stats={publisher.stats} />
          </div>
        ) : null}
      </div>
      <CaptureSettings settings={settings} media={media} onChange={setSettings} onChooseScreen={chooseScreen} />
      <ConfirmDialog
        open={ending}
        title={t('studio.endTitle')}
        body={t('studio.endBody')}
        confirm={t('studio.endConfirm')}
        onConfirm={() => {
          setEnding(false)
          end()
        }}
        onCancel={() => setEnding(false)}
      />
      <ConfirmDialog
        open={leaving.state === 'blocked'}
        title={t('studio.leaveTitle')}
        body={t('studio.leaveBody')}
        confirm={t('studio.leaveConfirm')}
        onConfirm={() => {
          end()
          leaving.proceed?.()
        }}
        onCancel={() => leaving.reset?.()}
      />
    </div>
  )
}
