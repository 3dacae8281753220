// What a search over conversations and messages found, asked a moment after the last key.
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrivateSearch } from '../../server/contract/privateChat.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { ConversationItem } from './ConversationItem.tsx'
import styles from './ConversationList.module.css'
import { privateChatApi } from './privateChatApi.ts'

const PAUSE_MS = 250
/** Characters shown before the words that were found. */
const LEAD = 18

type Outcome = { readonly words: string; readonly found: PrivateSearch | null; readonly error: RequestFailed | null }

/** The text around the words, with them marked. */
function excerpt(text: string, words: string): ReactNode {
  const at = text.toLowerCase().indexOf(words.toLowerCase())
  if (at < 0) return text
  const from = Math.max(0, at - LEAD)
  return (
    <>
      {from > 0 ? '…' : ''}
      {text.slice(from, at)}
      <mark>{text.slice(at, at + words.length)}</mark>
      {text.slice(at + words.length)}
    </>
  )
}

export function SearchResults({ words }: { readonly words: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      privateChatApi.search(words, abort.signal).then(
        (found) => abort.signal.aborted || setOutcome({ words, found, error: null }),
        (thrown: unknown) => abort.signal.aborted || setOutcome({ words, found: null, error: RequestFailed.from(thrown) }),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [words])

  if (outcome === null)
    return (
      <div className={styles.empty} role="status" aria-label={t('app.loading')}>
        <Spinner />
      </div>
    )
  if (outcome.found === null)
    return (
      <div className={styles.empty} role="alert">
        <p>{failureText(outcome.error)}</p>
      </div>
    )
  const { conversations, messages } = outcome.found
  if (conversations.length + messages.length === 0)
    return (
      <div className={styles.empty} role="status" data-testid="nothing-found">
        <p>{t('privateChat.searchNothing', { words: outcome.words })}</p>
      </div>
    )
  return (
    <div className={styles.items} data-testid="search-results">
      {conversations.length === 0 ? null : <h2>{t('privateChat.searchPeople')}</h2>}
      {conversations.map((conversation) => (
        <ConversationItem key={conversation.id} conversation={conversation} />
      ))}
      {messages.length === 0 ? null : <h2>{t('privateChat.searchMessages')}</h2>}
      {messages.map(({ conversation, message }) => (
        <ConversationItem key={message.id} conversation={conversation} found={{ at: message.at, seq: message.seq, text: excerpt(message.text, outcome.words) }} />
      ))}
    </div>
  )
}
