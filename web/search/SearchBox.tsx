// The search in the header: inline on a desktop, over the whole header on a phone; `/` goes to it, arrows choose, Enter goes there.
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent as ReactKeyboardEvent, SubmitEvent } from 'react'
import { ArrowLeft, Search, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import styles from './SearchBox.module.css'
import { SuggestionLine, pathOf } from './SuggestionLine.tsx'
import { useSuggestions } from './useSuggestions.ts'

const LENGTH = 60

function typesElsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable]') !== null
}

export function SearchBox() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const asked = pathname === '/search' ? (new URLSearchParams(search).get('q') ?? '') : ''
  const [typed, setTyped] = useState({ at: asked, text: asked })
  // Another address shows another question.
  if (typed.at !== asked) setTyped({ at: asked, text: asked })
  const query = typed.text
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const box = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const suggestions = useSuggestions(query, open)
  const listed = open && query.trim() !== ''

  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typesElsewhere(event.target)) return
      event.preventDefault()
      setOpen(true)
      input.current?.focus()
    }
    document.addEventListener('keydown', slash)
    return () => document.removeEventListener('keydown', slash)
  }, [])

  const close = () => {
    setOpen(false)
    setActive(-1)
    input.current?.blur()
  }
  const go = (path: string) => {
    close()
    void navigate(path)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const chosen = suggestions[active]
    if (chosen !== undefined) go(pathOf(chosen))
    else if (query.trim() !== '') go(`/search?q=${encodeURIComponent(query.trim())}`)
  }
  const keyDown = (event: ReactKeyboardEvent) => {
    // Return in the middle of composing Chinese chooses a word; it does not search.
    if (event.nativeEvent.isComposing) return
    const rows = suggestions.length + 1
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setActive((old) => (event.key === 'ArrowDown' ? (old + 2) % rows : (old + rows) % rows) - 1)
    } else if (event.key === 'Escape') close()
  }

  return (
    <>
      <button type="button" className={styles.opener} aria-label={t('discovery.search.open')} onClick={() => { setOpen(true); requestAnimationFrame(() => input.current?.focus()) }} data-testid="search-open">
        <Search size={20} aria-hidden="true" />
      </button>
      <form
        ref={box}
        role="search"
        className={open ? `${styles.box} ${styles.open}` : styles.box}
        onSubmit={submit}
        onBlur={(event) => {
          if (!box.current?.contains(event.relatedTarget)) setOpen(false)
        }}
      >
        <button type="button" className={styles.back} aria-label={t('discovery.search.close')} onClick={close}>
          <ArrowLeft size={20} aria-hidden="true" />
        </button>
        <span className={styles.field}>
          <Search size={17} aria-hidden="true" className={styles.glass} />
          <input
            ref={input}
            type="search"
            role="combobox"
            className={styles.input}
            value={query}
            maxLength={LENGTH}
            placeholder={t('discovery.search.placeholder')}
            aria-label={t('discovery.search.label')}
            aria-expanded={listed}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
            aria-keyshortcuts="/"
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            onFocus={() => setOpen(true)}
            onChange={(event) => {
              setTyped({ at: asked, text: event.target.value })
              setActive(-1)
              setOpen(true)
            }}
            onKeyDown={keyDown}
            data-testid="search-input"
          />
          {query === '' ? (
            <kbd className={styles.key} aria-hidden="true">
              /
            </kbd>
          ) : (
            <button type="button" className={styles.clear} aria-label={t('discovery.search.clear')} onClick={() => { setTyped({ at: asked, text: '' }); input.current?.focus() }}>
              <X size={16} aria-hidden="true" />
            </button>
          )}
        </span>
        {listed ? (
          <ul id={`${id}-list`} role="listbox" aria-label={t('discovery.search.suggestions')} className={styles.list} data-testid="suggestions">
            {suggestions.map((suggestion, index) => (
              // A press must not take the focus from the field before the click arrives.
              <li key={pathOf(suggestion)} id={`${id}-${index}`} role="option" aria-selected={index === active} className={styles.option} onPointerDown={(event) => event.preventDefault()} onClick={() => go(pathOf(suggestion))}>
                <SuggestionLine suggestion={suggestion} />
              </li>
            ))}
            <li role="option" aria-selected={false} className={`${styles.option} ${styles.all}`} onPointerDown={(event) => event.preventDefault()} onClick={() => go(`/search?q=${encodeURIComponent(query.trim())}`)}>
              <span className={styles.sign}>
                <Search size={16} aria-hidden="true" />
              </span>
              <span className={styles.main}>{t('discovery.search.allFor', { query: query.trim() })}</span>
            </li>
          </ul>
        ) : null}
      </form>
    </>
  )
}
