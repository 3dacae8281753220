// The box to write in: words, emoji and one picture, looked at before it is sent.
import { Suspense, useEffect, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { ImagePlus, SendHorizontal, Smile, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PRIVATE_IMAGE_MAX_BYTES, PRIVATE_MAX_LENGTH } from '../../server/contract/privateChat.ts'
import { lazyPart } from '../client/lazyPart.ts'
import styles from './MessageComposer.module.css'

const EmojiPicker = lazyPart(() => import('../chat/EmojiPicker.tsx').then(({ EmojiPicker: picker }) => ({ default: picker })))

const types = ['image/jpeg', 'image/png', 'image/webp']
const MEGABYTE = 1024 * 1024
/** From here on the page counts. */
const NEARLY = PRIVATE_MAX_LENGTH - 100

type Props = { readonly name: string; readonly onSend: (text: string, file: Blob | null) => void; readonly onType: () => void }

export function MessageComposer({ name, onSend, onType }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [picture, setPicture] = useState<{ readonly file: Blob; readonly url: string } | null>(null)
  const [wrong, setWrong] = useState(false)
  const [emoji, setEmoji] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const length = [...text.trim()].length
  const over = length - PRIVATE_MAX_LENGTH
  const ready = over <= 0 && (length > 0 || picture !== null)

  useEffect(() => {
    // On a phone this would push the keyboard over what one came to read.
    if (matchMedia('(hover: hover)').matches) area.current?.focus()
  }, [])
  useEffect(() => () => {
    if (picture !== null) URL.revokeObjectURL(picture.url)
  }, [picture])

  const choose = (file: File | undefined) => {
    if (file === undefined) return
    const fits = types.includes(file.type) && file.size <= PRIVATE_IMAGE_MAX_BYTES
    setWrong(!fits)
    if (fits) setPicture({ file, url: URL.createObjectURL(file) })
  }
  const send = () => {
    if (!ready) return
    onSend(text.trim(), picture?.file ?? null)
    setText('')
    setPicture(null)
    setWrong(false)
    setEmoji(false)
    area.current?.focus()
  }
  const insert = (what: string) => {
    const { selectionStart, selectionEnd } = area.current ?? { selectionStart: text.length, selectionEnd: text.length }
    setText(text.slice(0, selectionStart) + what + text.slice(selectionEnd))
    const caret = selectionStart + what.length
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret))
  }
  const pressed = (event: KeyboardEvent) => {
    // Enter while an input method composes chooses a word; on touch keyboards it is a new line.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || matchMedia('(hover: none)').matches) return
    event.preventDefault()
    send()
  }
  const pasted = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files
    if (file === undefined) return
    event.preventDefault()
    choose(file)
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {picture === null ? null : (
        <div className={styles.preview} data-testid="picture-preview">
          <img src={picture.url} alt={t('privateChat.picturePreview')} />
          <button type="button" onClick={() => setPicture(null)} aria-label={t('privateChat.removePicture')} data-testid="remove-picture">
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {wrong ? (
        <p className={styles.problem} role="alert">
          {t('privateChat.pictureWrong', { size: PRIVATE_IMAGE_MAX_BYTES / MEGABYTE })}
        </p>
      ) : null}
      {emoji ? (
        <div className={styles.emoji}>
          <Suspense fallback={null}>
            <EmojiPicker onPick={insert} />
          </Suspense>
        </div>
      ) : null}
      <div className={styles.bar}>
        <input ref={chooser} type="file" accept={types.join()} hidden onChange={({ target }) => {
          choose(target.files?.[0])
          target.value = ''
        }} data-testid="picture-input" />
        <button type="button" className={styles.tool} onClick={() => chooser.current?.click()} title={t('privateChat.addPicture')} aria-label={t('privateChat.addPicture')}>
          <ImagePlus size={20} aria-hidden="true" />
        </button>
        <button type="button" className={styles.tool} onClick={() => setEmoji(!emoji)} title={t('privateChat.emoji')} aria-label={t('privateChat.emoji')} aria-expanded={emoji}>
          <Smile size={20} aria-hidden="true" />
        </button>
        <textarea
          ref={area}
          className={styles.area}
          rows={1}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            if (event.target.value.trim() !== '') onType()
          }}
          onKeyDown={pressed}
          onPaste={pasted}
          placeholder={t('privateChat.write')}
          aria-label={t('privateChat.writeTo', { name })}
          aria-invalid={over > 0 || undefined}
          data-testid="write"
        />
        <button type="submit" className={styles.send} disabled={!ready} aria-label={t('privateChat.send')} title={t('privateChat.send')} data-testid="send">
          <SendHorizontal size={20} aria-hidden="true" />
        </button>
      </div>
      {length < NEARLY ? null : (
        <p className={over > 0 ? `${styles.count} ${styles.problem}` : styles.count} role="status">
          {over > 0 ? t('privateChat.tooLong', { count: over }) : `${length} / ${PRIVATE_MAX_LENGTH}`}
        </p>
      )}
    </form>
  )
}
