// The reader's own message before the room shows it.
import { useTranslation } from 'react-i18next'
import type { SendingMessage } from './ChatRow.ts'
import styles from './ChatRow.module.css'

type Props = { readonly sending: SendingMessage; readonly onRetry: (clientId: string) => void; readonly onDiscard: (clientId: string) => void }

export function SendingRow({ sending: { clientId, text, state, failure }, onRetry, onDiscard }: Props) {
  const { t } = useTranslation()
  return (
    <div className={`${styles.row} ${styles.sending}`} data-testid="chat-sending" data-state={state}>
      <div className={styles.body}>
        <p className={styles.text}>
          <b>{t('chat.you')}</b> <span className={styles.words}>{text}</span>
        </p>
        {state === 'failed' ? (
          <p className={styles.failed} role="alert">
            {t('chat.failed')} {failure === null ? '' : t(`error.${failure}`)}
            <span className={styles.failedActions}>
              <button type="button" onClick={() => onRetry(clientId)} data-testid="chat-retry">
                {t('chat.retry')}
              </button>
              <button type="button" onClick={() => onDiscard(clientId)} data-testid="chat-discard">
                {t('chat.discard')}
              </button>
            </span>
          </p>
        ) : (
          <p className={styles.pendingNote}>{state === 'held' ? t('chat.heldOwn') : t('chat.pending')}</p>
        )}
      </div>
    </div>
  )
}
