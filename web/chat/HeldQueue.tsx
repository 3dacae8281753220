// Messages the word filter holds back, for moderators to show or drop.
import { useState } from 'react'
import { Check, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import styles from './ChatPanel.module.css'
import { Popover } from './Popover.tsx'

export function HeldQueue({ feed, held, onClose }: { readonly feed: ChatFeed; readonly held: readonly ChatMessage[]; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [failure, setFailure] = useState<unknown>(null)
  const decide = (id: string, show: boolean) => {
    setFailure(null)
    feed.decide(id, show).catch(setFailure)
  }
  return (
    <Popover label={t('chat.held')} onClose={onClose} testId="chat-held">
      {held.length === 0 ? <p className={styles.hint}>{t('chat.heldNone')}</p> : null}
      <ul className={styles.heldList}>
        {held.map(({ id, author, text }) => (
          <li key={id} data-testid="held-message">
            <p>
              <b>{author?.displayName}</b> {text}
            </p>
            <div>
              <Button kind="primary" icon={<Check aria-hidden="true" />} onClick={() => decide(id, true)} data-testid="held-show">
                {t('chat.approve')}
              </Button>
              <Button icon={<X aria-hidden="true" />} onClick={() => decide(id, false)} data-testid="held-drop">
                {t('chat.drop')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {failure === null ? null : (
        <p className={styles.bad} role="alert">
          {failureText(failure)}
        </p>
      )}
    </Popover>
  )
}
