// The message that the host holds up to everyone, above the chat.
import { useState } from 'react'
import { Pin, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import { ChatText } from './ChatText.tsx'
import styles from './ChatPanel.module.css'

type Props = { readonly message: ChatMessage; readonly ownName: string | null; /** For those who may. */ readonly onUnpin: (() => void) | null }

export function PinnedBar({ message, ownName, onUnpin }: Props) {
  const { t } = useTranslation()
  const [whole, setWhole] = useState(false)
  return (
    <div className={styles.pinned} data-testid="chat-pinned">
      <Pin size={16} aria-label={t('chat.pinned')} />
      <p className={whole ? '' : styles.clamped} onClick={() => setWhole(!whole)}>
        <b>{message.author?.displayName}</b> <ChatText text={message.text} mentions={message.mentions} ownName={ownName} />
      </p>
      {onUnpin === null ? null : (
        <button type="button" onClick={onUnpin} aria-label={t('chat.unpin')} title={t('chat.unpin')} data-testid="chat-unpin">
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
