// A channel's tags: typed one after another, each a chip that can be taken away.
import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './TagsField.module.css'

const MOST = 5
const LONGEST = 20

type Props = { readonly tags: readonly string[]; readonly onChange: (tags: readonly string[]) => void; readonly error: string | null }

export function TagsField({ tags, onChange, error }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')

  const add = (written: string) => {
    const fresh = written
      .split(/[,，、#\s]+/)
      .map((tag) => [...tag.trim().toLowerCase()].slice(0, LONGEST).join(''))
      .filter((tag) => tag !== '')
    setText('')
    if (fresh.length > 0) onChange([...new Set([...tags, ...fresh])].slice(0, MOST))
  }
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && text.trim() !== '') {
      // Enter ends a tag; only with nothing typed does it send the form.
      event.preventDefault()
      add(text)
    } else if (event.key === 'Backspace' && text === '' && tags.length > 0) onChange(tags.slice(0, -1))
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('discovery.tags')}</label>
      <div className={styles.box} aria-invalid={error !== null || undefined}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag} data-testid="tag">
            {tag}
            <button type="button" aria-label={t('discovery.tagRemove', { tag })} onClick={() => onChange(tags.filter((other) => other !== tag))}>
              <X size={14} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          id={id}
          className={styles.input}
          value={text}
          disabled={tags.length >= MOST}
          placeholder={tags.length >= MOST ? t('discovery.tagsFull') : ''}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => (/[,，、]$/.test(event.target.value) ? add(event.target.value) : setText(event.target.value))}
          onKeyDown={keyDown}
          onBlur={() => add(text)}
          data-testid="tags-input"
        />
      </div>
      <p id={`${id}-hint`} className={error === null ? styles.hint : styles.error}>
        {error ?? t('discovery.tagsHint')}
      </p>
    </div>
  )
}
