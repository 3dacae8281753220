// What can be done with a message: by anyone, by its author, and by those who keep order.
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Copy, Pin, Reply, Trash2, Undo2, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import { may, outranks } from '../../server/contract/permissions.ts'
import type { ChannelRole } from '../../server/contract/people.ts'
import { ReportButton } from '../moderation/ReportButton.tsx'
import { CHAT_RECALL_MS } from './chatLimits.ts'
import styles from './MessageMenu.module.css'
import { useCountdown } from './useCountdown.ts'

export type MessageAction = 'reply' | 'copy' | 'recall' | 'pin' | 'delete' | 'delete-all'

type Props = {
  readonly message: ChatMessage
  readonly role: ChannelRole
  readonly own: boolean
  readonly mayWrite: boolean
  /** Pixels from the panel's top. */
  readonly top: number
  readonly onAction: (action: MessageAction) => void
  readonly onClose: () => void
}

export function MessageMenu({ message, role, own, mayWrite, top, onAction, onClose }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const recallFor = useCountdown(Date.parse(message.at) + CHAT_RECALL_MS)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const outside = (event: PointerEvent) => {
      if (root.current?.contains(event.target as Node) !== true) onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      if (document.activeElement === document.body) before?.focus()
    }
  }, [onClose])
  const keyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest('dialog') !== null) return
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') onClose()
    else if (step !== 0) items[(items.indexOf(document.activeElement as HTMLElement) + step + items.length) % items.length]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const { author } = message
  if (author === null) return null
  const above = outranks(role, author.role)
  const item = (action: MessageAction, label: string, icon: ReactNode, danger = false) => (
    <button type="button" role="menuitem" className={danger ? styles.danger : ''} onClick={() => onAction(action)} data-testid={`message-${action}`}>
      {icon}
      {label}
    </button>
  )
  return (
    <div ref={root} className={styles.menu} role="menu" aria-label={t('chat.menu')} style={{ top }} onKeyDown={keyDown} data-testid="message-menu">
      {mayWrite ? item('reply', t('chat.reply'), <Reply aria-hidden="true" />) : null}
      {item('copy', t('chat.copy'), <Copy aria-hidden="true" />)}
      {own && recallFor > 0 ? item('recall', t('chat.recall'), <Undo2 aria-hidden="true" />) : null}
      {may(role, 'chat:pin') ? item('pin', t('chat.pin'), <Pin aria-hidden="true" />) : null}
      {may(role, 'chat:delete') && (above || own) ? item('delete', t('chat.delete'), <Trash2 aria-hidden="true" />, true) : null}
      {may(role, 'chat:delete') && above ? item('delete-all', t('chat.deleteAll', { name: author.displayName }), <UserX aria-hidden="true" />, true) : null}
      {own ? null : <ReportButton about={{ type: 'message', id: message.id, channel: message.channel }} />}
    </div>
  )
}
