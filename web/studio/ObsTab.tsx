// Going live with OBS: the two lines to paste, how to set it up, and whether something arrives.
import { useState } from 'react'
import { RotateCcw, ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BroadcastView } from '../../server/contract/broadcast.ts'
import { api } from '../client/api.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { CopyField } from './CopyField.tsx'
import styles from './ObsTab.module.css'

const steps = ['studio.step1', 'studio.step2', 'studio.step3', 'studio.step4', 'studio.step5'] as const

function Incoming({ broadcast }: { readonly broadcast: BroadcastView | null }) {
  const { t } = useTranslation()
  const arrives = broadcast !== null && broadcast.source !== 'browser' && broadcast.state !== 'ended'
  return (
    <section className={styles.incoming} data-testid="incoming" data-arrives={arrives}>
      <h3>{t('studio.incoming')}</h3>
      {arrives ? (
        <p className={styles.facts}>
          <LiveBadge state={broadcast.state} />
          <span>{t(`studio.sourceName.${broadcast.source}`)}</span>
          <span>{broadcast.video === null ? t('studio.incomingNoVideo') : t('studio.incomingSize', { width: broadcast.video.width, height: broadcast.video.height })}</span>
          <span>{t(broadcast.hasAudio ? 'studio.incomingAudio' : 'studio.incomingNoAudio')}</span>
        </p>
      ) : (
        <p className={styles.none}>{t('studio.incomingNone')}</p>
      )}
    </section>
  )
}

export function ObsTab({ channel, broadcast }: { readonly channel: string; readonly broadcast: BroadcastView | null }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data: key, error, reload, replace } = useResource(`key:${channel}`, () => api.streamKey(channel))
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const [fresh, setFresh] = useState(false)

  const reset = async () => {
    setAsking(false)
    setBusy(true)
    setFailure(null)
    try {
      replace(await api.resetStreamKey(channel))
      setFresh(true)
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
    }
    setBusy(false)
  }

  return (
    <div className={styles.tab}>
      <section className={styles.card}>
        <h2>{t('studio.obsTitle')}</h2>
        <p className={styles.lead}>{t('studio.obsLead')}</p>
        {key === null ? (
          error === null ? (
            <div className={styles.wait} aria-hidden="true">
              <span className="skeleton" />
              <span className="skeleton" />
            </div>
          ) : (
            <MessageBox size="note" tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
          )
        ) : (
          <div className={styles.fields}>
            <CopyField label={t('studio.server')} value={key.rtmpUrl} testId="rtmp-url" />
            <CopyField label={t('studio.streamKey')} value={key.streamKey} secret testId="stream-key" />
            <div className={styles.warn}>
              <ShieldAlert size={18} aria-hidden="true" />
              <span>{t('studio.keyWarning')}</span>
              <Button kind="danger" icon={<RotateCcw aria-hidden="true" />} busy={busy} onClick={() => setAsking(true)} data-testid="reset-key">
                {t('studio.resetKey')}
              </Button>
            </div>
            <p role="status" className={styles.fresh}>
              {failure !== null ? failureText(failure) : fresh ? t('studio.resetDone') : ''}
            </p>
            <CopyField label={t('studio.whipUrl')} value={key.whipUrl} hint={t('studio.whipHint')} testId="whip-url" />
          </div>
        )}
      </section>
      <div className={styles.side}>
        <section className={styles.card}>
          <Incoming broadcast={broadcast} />
        </section>
        <section className={styles.card}>
          <h3>{t('studio.stepsTitle')}</h3>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </section>
      </div>
      <ConfirmDialog open={asking} title={t('studio.resetTitle')} body={t('studio.resetBody')} confirm={t('studio.resetConfirm')} onConfirm={() => void reset()} onCancel={() => setAsking(false)} />
    </div>
  )
}
