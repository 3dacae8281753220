// The word filter's list as text: write it, import it, keep it; wrong lines are named.
import { useRef, useState } from 'react'
import type { ChangeEvent } from 'react'
import { Download, Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonAnchor } from '../ui/Button.tsx'
import { moderationApi } from './moderationApi.ts'
import type { Place } from './moderationApi.ts'
import styles from './ModerationTab.module.css'

const MAX_FILE = 2 * 1024 * 1024
const problems = [
  ['letter', /no letter/],
  ['long', /longer than/],
  ['action', /must say/],
  ['seconds', /seconds/],
] as const
const problemOf = (message: string) => problems.find(([, words]) => words.test(message))?.[0] ?? 'other'

export function WordsEditor({ place }: { readonly place: Place }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const words = useResource(`words of ${place ?? 'the platform'}`, (signal) => moderationApi.words(place, signal))
  const [draft, setDraft] = useState<string | null>(null)
  const [state, setState] = useState<'editing' | 'saving' | 'saved'>('editing')
  const [failure, setFailure] = useState<unknown>(null)
  const file = useRef<HTMLInputElement>(null)

  const edit = (text: string) => {
    setDraft(text)
    setState('editing')
    setFailure(null)
  }
  const save = () => {
    if (draft === null) return
    setState('saving')
    setFailure(null)
    moderationApi.setWords(place, draft).then(
      (lexicon) => {
        words.replace(lexicon)
        setDraft(null)
        setState('saved')
      },
      (thrown: unknown) => {
        setFailure(thrown)
        setState('editing')
      },
    )
  }
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [picked] = event.target.files ?? []
    event.target.value = ''
    if (picked === undefined) return
    if (picked.size > MAX_FILE) setFailure(new RequestFailed('too-large'))
    else picked.text().then(edit, setFailure)
  }
  const wrongLines = failure instanceof RequestFailed ? Object.entries(failure.fields) : []
  const loaded = words.data

  return (
    <section className={styles.card} data-testid="words">
      <h2>{t('moderation.words')}</h2>
      <p className={styles.lead}>
        {place === null ? `${t('moderation.wordsPlatformHint')} ` : ''}
        {t('moderation.wordsHint')}
      </p>
      {words.error === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(words.error)}
        </p>
      )}
      <textarea className={styles.editor} aria-label={t('moderation.words')} placeholder={t('moderation.wordsExample')} value={draft ?? loaded?.text ?? ''} disabled={loaded === null} onChange={(event) => edit(event.target.value)} spellCheck={false} data-testid="words-text" />
      {failure === null ? null : (
        <div role="alert" className={styles.failure}>
          {wrongLines.length === 0 ? failureText(failure) : t('moderation.wordsWrong')}
        </div>
      )}
      {wrongLines.length === 0 ? null : (
        <ul className={styles.problems}>
          {wrongLines.map(([line, message]) => (
            <li key={line}>
              {t('moderation.line', { number: line.replace(/\D/g, '') })}: {t(`moderation.lineProblem.${problemOf(message)}`)}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.row}>
        <Button kind="primary" busy={state === 'saving'} disabled={draft === null} onClick={save} data-testid="words-save">
          {t('moderation.wordsSave')}
        </Button>
        <input ref={file} type="file" accept=".txt,text/plain" hidden onChange={chosen} />
        <Button kind="quiet" icon={<Upload aria-hidden="true" />} onClick={() => file.current?.click()}>
          {t('moderation.wordsImport')}
        </Button>
        <ButtonAnchor kind="quiet" icon={<Download aria-hidden="true" />} href={moderationApi.wordsFile(place)} download>
          {t('moderation.wordsExport')}
        </ButtonAnchor>
        <span className={styles.saved} role="status">
          {state === 'saved' ? t('moderation.wordsSaved') : ''}
        </span>
        {loaded === null ? null : <span className={styles.count}>{t('moderation.wordsCount', { count: loaded.entries.length, max: loaded.limit })}</span>}
      </div>
    </section>
  )
}
