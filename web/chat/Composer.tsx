// Where one writes: text with emoji, replies and mentions, and a send button that counts slow mode down.
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { Heart, Palette, SendHorizontal, Smile, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage, DanmakuStyle } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'
import type { ChatFeed } from './ChatFeed.ts'
import { CHAT_MAX_LENGTH } from './chatLimits.ts'
import type { ChatSnapshot } from './ChatSource.ts'
import styles from './Composer.module.css'
import { EmojiPicker } from './EmojiPicker.tsx'
import { completeMention, mentionAt, offerNames } from './mentionAt.ts'
import { MentionOffer } from './MentionOffer.tsx'
import { StylePicker, plainStyle } from './StylePicker.tsx'
import { useCountdown } from './useCountdown.ts'
import { writeLength } from './writeLength.ts'

type Props = {
  readonly feed: ChatFeed
  readonly chat: ChatSnapshot
  readonly ownName: string | null
  readonly replyTo: ChatMessage | null
  readonly onReplyDone: () => void
  readonly ref: Ref<ComposerHandle>
}

export type ComposerHandle = {
  /** Writes @name at the cursor, as from a user card. */
  readonly mention: (name: string) => void
}

export function Composer({ feed, chat, ownName, replyTo, onReplyDone, ref }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [cursor, setCursor] = useState(0)
  const [open, setOpen] = useState<'emoji' | 'style' | null>(null)
  const [style, setStyle] = useState<DanmakuStyle>(plainStyle)
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState(-1)
  const wait = useCountdown(chat.nextAt)
  const { left, near } = writeLength(text)
  const query = mentionAt(text, cursor)
  const offers = query === null || dismissed === query.from ? [] : offerNames(chat.rows, query.query, ownName)
  const ready = text.trim() !== '' && left >= 0 && wait === 0

  const put = (next: string, at: number) => {
    setText(next)
    setCursor(at)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(at, at)
    })
  }
  const insert = (words: string) => {
    const at = field.current?.selectionStart ?? text.length
    put(text.slice(0, at) + words + text.slice(field.current?.selectionEnd ?? at), at + words.length)
  }
  useImperativeHandle(ref, () => ({ mention: (name) => insert(`${text === '' || text.endsWith(' ') ? '' : ' '}@${name} `) }))
  useEffect(() => {
    if (replyTo !== null) field.current?.focus()
  }, [replyTo])

  const picking = open !== null
  useEffect(() => {
    if (!picking) return
    const outside = (event: PointerEvent) => root.current?.contains(event.target as Node) !== true && setOpen(null)
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [picking])

  const take = (name: string) => {
    if (query === null) return
    const done = completeMention(text, cursor, query.from, name)
    put(done.text, done.cursor)
    setChosen(0)
  }
  const send = () => {
    if (!ready) return
    const styled = style.color !== 'white' || style.position !== 'scroll'
    feed.send({ text: text.trim(), replyTo, style: styled ? style : null })
    setText('')
    setCursor(0)
    setOpen(null)
    onReplyDone()
    field.current?.focus()
  }
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing) return
    const offered = offers[Math.min(chosen, offers.length - 1)]
    if (offered !== undefined && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) setChosen((chosen + (event.key === 'ArrowDown' ? 1 : -1) + offers.length) % offers.length)
    else if (offered !== undefined && (event.key === 'Enter' || event.key === 'Tab')) take(offered.name)
    else if (event.key === 'Escape' && offers.length > 0) setDismissed(query?.from ?? -1)
    else if (event.key === 'Escape' && (open !== null || replyTo !== null)) {
      setOpen(null)
      onReplyDone()
    } else if (event.key === 'Enter') send()
    else return
    event.preventDefault()
  }
  // From the pickers and their buttons as well; the field's own keys are done by then.
  const escape = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Escape' || event.defaultPrevented || open === null) return
    event.preventDefault()
    setOpen(null)
    field.current?.focus()
  }
  const styling = chat.self !== null && may(chat.self.role, 'chat:style')
  return (
    <div ref={root} className={styles.composer} onKeyDown={escape}>
      {replyTo === null ? null : (
        <div className={styles.replying} data-testid="chat-replying">
          <p>
            <b>{t('chat.replyingTo', { name: replyTo.author?.displayName ?? '' })}</b> {replyTo.text}
          </p>
          <button type="button" onClick={onReplyDone} aria-label={t('chat.cancelReply')} title={t('chat.cancelReply')}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {open === 'emoji' ? <EmojiPicker onPick={insert} /> : null}
      {open === 'style' && styling ? <StylePicker value={style} onChange={setStyle} /> : null}
      {offers.length === 0 ? null : <MentionOffer offers={offers} chosen={Math.min(chosen, offers.length - 1)} onTake={take} />}
      <div className={styles.row}>
        <div className={styles.field}>
          <textarea
            ref={field}
            rows={1}
            value={text}
            placeholder={t('chat.placeholder')}
            aria-label={t('chat.inputLabel')}
            aria-invalid={left < 0}
            enterKeyHint="send"
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value.replace(/[\r\n\t]+/g, ' '))
              setCursor(event.target.selectionStart)
              setDismissed(-1)
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
            onKeyDown={keyDown}
            data-testid="chat-input"
          />
          {styling ? (
            <button type="button" className={styles.tool} aria-expanded={open === 'style'} aria-label={t('chat.style')} title={t('chat.style')} onClick={() => setOpen(open === 'style' ? null : 'style')} data-testid="chat-style">
              <Palette size={18} aria-hidden="true" />
            </button>
          ) : null}
          <button type="button" className={styles.tool} aria-expanded={open === 'emoji'} aria-label={t('chat.emoji')} title={t('chat.emoji')} onClick={() => setOpen(open === 'emoji' ? null : 'emoji')} data-testid="chat-emoji">
            <Smile size={18} aria-hidden="true" />
          </button>
        </div>
        <button type="button" className={`${styles.send} ${wait > 0 ? styles.waiting : ''}`} disabled={!ready} onClick={send} aria-label={wait > 0 ? t('chat.wait', { seconds: wait }) : t('chat.send')} title={wait > 0 ? t('chat.wait', { seconds: wait }) : t('chat.send')} data-testid="chat-send" data-wait={wait}>
          {wait > 0 ? <span aria-hidden="true">{wait}s</span> : <SendHorizontal size={18} aria-hidden="true" />}
        </button>
        <button type="button" className={`${styles.tool} ${styles.heart}`} onClick={() => feed.likes.like()} aria-label={t('chat.like')} title={t('chat.like')} data-testid="chat-like">
          <Heart size={20} aria-hidden="true" />
        </button>
      </div>
      {near ? (
        <p className={left < 0 ? `${styles.count} ${styles.over}` : styles.count} role="status" data-testid="chat-count">
          {left < 0 ? t('chat.tooLong', { count: -left }) : t('chat.charsLeft', { count: left })} · {CHAT_MAX_LENGTH}
        </p>
      ) : null}
    </div>
  )
}
