// Own words on their way, or what kept them back.
import { CircleAlert, RotateCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './MessageList.module.css'
import type { Outgoing } from './Thread.ts'

type Props = { readonly outgoing: Outgoing; readonly onRetry: () => void; readonly onDiscard: () => void }

export function OutgoingBubble({ outgoing: { text, picture, failure }, onRetry, onDiscard }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  return (
    <div className={styles.row} data-testid="outgoing" data-state={failure === null ? 'sending' : 'failed'}>
      <div className={`${styles.side} ${styles.right} ${styles.apart}`}>
        <div className={`${styles.bubble} ${styles.mine} ${styles.opens} ${styles.closes} ${styles.pending}`}>
          {picture === null ? null : (
            <span className={styles.picture}>
              <img src={picture.url} alt={t('privateChat.picture')} />
            </span>
          )}
          {text === '' ? null : <p>{text}</p>}
          <span className={styles.foot}>
            {failure === null ? (
              <span className={styles.sending} role="status" aria-label={t('privateChat.stateSending')}>
                <Spinner />
              </span>
            ) : (
              <CircleAlert size={14} aria-hidden="true" className={styles.bad} />
            )}
          </span>
        </div>
      </div>
      {failure === null ? null : (
        <div className={styles.kept} role="alert">
          <span>
            {t('privateChat.stateFailed')}: {failureText(failure)}
          </span>
          <button type="button" onClick={onRetry} data-testid="retry">
            <RotateCw size={14} aria-hidden="true" />
            {t('privateChat.retry')}
          </button>
          <button type="button" onClick={onDiscard} data-testid="discard">
            <Trash2 size={14} aria-hidden="true" />
            {t('privateChat.discard')}
          </button>
        </div>
      )}
    </div>
  )
}
