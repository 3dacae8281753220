// One line of the chat: a message with its author and quote, or a line about the room.
import { memo } from 'react'
import type { PointerEvent } from 'react'
import { CornerUpLeft, Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { PacketView } from '../../server/contract/gifts.ts'
import { FanBadge } from '../gifts/FanBadge.tsx'
import { GiftRow } from '../gifts/GiftRow.tsx'
import { PacketRow } from '../gifts/PacketRow.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import type { ChatRow } from './ChatRow.ts'
import styles from './ChatRow.module.css'
import { ChatText } from './ChatText.tsx'
import { RoleBadge } from './RoleBadge.tsx'
import { SendingRow } from './SendingRow.tsx'

const LONG_PRESS_MS = 450

export type RowActions = {
  readonly ownName: string | null
  /** Null: the list is read only. */
  readonly onMenu: ((message: ChatMessage, row: HTMLElement) => void) | null
  readonly onPerson: (message: ChatMessage) => void
  readonly onRetry: (clientId: string) => void
  readonly onDiscard: (clientId: string) => void
  /** Opens a red packet; absent where none can be opened. */
  readonly onPacket?: (packet: PacketView) => void
}

function lineText(t: TFunction, { line, text }: ChatMessage): string {
  if (line === null) return text
  if (line.type === 'guard-entered') return t(`chat.guardEntered.${line.term}`, { name: line.name })
  if (line.type === 'guard-bought') return t(`chat.guardBought.${line.term}`, { name: line.name })
  return t(line.type === 'followed' ? 'chat.lineFollowed' : 'chat.lineModes', { name: line.name })
}

const hueOf = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
const timeOf = (at: string, language: string) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at))

/** A finger that stays opens what a mouse finds in the button. */
function longPress(open: (row: HTMLElement) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const row = event.currentTarget
      if (event.pointerType === 'touch') timer = setTimeout(() => open(row), LONG_PRESS_MS)
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onPointerMove: (event: PointerEvent<HTMLElement>) => Math.abs(event.movementY) > 4 && stop(),
  }
}

export const ChatRowView = memo(function ChatRowView({ row, actions }: { readonly row: ChatRow; readonly actions: RowActions }) {
  const { t, i18n } = useTranslation()
  if (row.kind === 'gap') return <p className={`${styles.line} ${styles.gap}`}>{t('chat.gap')}</p>
  if (row.kind === 'sampled') return <p className={styles.line} data-testid="chat-sampled">{t('chat.sampled', { count: row.count })}</p>
  if (row.kind === 'entered') {
    const names = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'short' }).format(row.people.map(({ displayName }) => displayName))
    return <p className={styles.line} data-testid="chat-entered">{row.more === 0 ? t('chat.entered', { names }) : t('chat.enteredMore', { names, count: row.more })}</p>
  }
  if (row.kind === 'sending') return <SendingRow sending={row.sending} onRetry={actions.onRetry} onDiscard={actions.onDiscard} />
  const { message, deleted } = row
  const { author, replyTo } = message
  if (message.line?.type === 'gift') return <GiftRow line={message.line} own={message.line.sender.name === actions.ownName} />
  if (message.line?.type === 'packet') return <PacketRow line={message.line} onOpen={actions.onPacket} />
  if (message.line?.type === 'guard-bought' || message.line?.type === 'guard-entered') return <p className={`${styles.line} ${styles.guardLine}`} data-term={message.line.term} data-testid="chat-line">{lineText(t, message)}</p>
  if (author === null) return <p className={styles.line} data-testid="chat-line">{lineText(t, message)}</p>
  const { onMenu } = actions
  const toReader = actions.ownName !== null && (message.mentions.includes(actions.ownName) || replyTo?.name === actions.ownName)
  return (
    <div className={`${styles.row} ${toReader ? styles.toReader : ''} ${deleted ? styles.deletedRow : ''}`} data-testid="chat-message" data-id={message.id} data-own={author.name === actions.ownName || undefined} {...(onMenu === null ? {} : longPress((element) => onMenu(message, element)))}>
      <button type="button" className={styles.avatarButton} tabIndex={-1} aria-hidden="true" onClick={() => actions.onPerson(message)}>
        <Avatar name={author.displayName} url={author.avatarUrl} size={26} />
      </button>
      <div className={styles.body}>
        {replyTo === null ? null : (
          <p className={styles.quote}>
            <CornerUpLeft size={12} aria-hidden="true" />
            <b>{replyTo.name}</b> {replyTo.text === '' ? t('chat.replyGone') : replyTo.text}
          </p>
        )}
        <p className={styles.text}>
          <button type="button" className={styles.name} style={{ ['--hue' as string]: hueOf(author.name) }} title={t('chat.openCard', { name: author.displayName })} onClick={() => actions.onPerson(message)} data-testid="chat-author">
            {author.displayName}
          </button>
          <RoleBadge role={author.role} guard={author.guard} />
          <FanBadge fan={author.fan} />
          <span className={styles.words}>
            <ChatText text={message.text} mentions={message.mentions} ownName={actions.ownName} />
          </span>
        </p>
        {deleted ? <p className={styles.deletedNote}>{t('chat.deleted')}</p> : null}
      </div>
      <time className={styles.time} dateTime={message.at}>
        {timeOf(message.at, i18n.language)}
      </time>
      {onMenu === null || deleted ? null : (
        <button type="button" className={styles.more} aria-haspopup="menu" aria-label={t('chat.menu')} title={t('chat.menu')} onClick={(event) => onMenu(message, event.currentTarget.parentElement ?? event.currentTarget)} data-testid="chat-menu-button">
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  )
})
