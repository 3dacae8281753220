// The right pane: one conversation with its header, messages and the box to write in.
import { useEffect } from 'react'
import { UserX, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useFailureText } from '../i18n/useFailureText.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { MessageComposer } from './MessageComposer.tsx'
import { MessageList } from './MessageList.tsx'
import { RequestBar } from './RequestBar.tsx'
import type { Thread, ThreadSnapshot } from './Thread.ts'
import { ThreadHeader } from './ThreadHeader.tsx'
import styles from './ThreadPane.module.css'
import { useThread } from './useThread.ts'

export function ThreadPane({ threadKey }: { readonly threadKey: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [search] = useSearchParams()
  const { thread, shown } = useThread(threadKey)
  const at = Number(search.get('at')) || null
  const ready = shown.view !== null
  useEffect(() => {
    if (ready && at !== null) void thread.loadThrough(at)
  }, [thread, ready, at])

  if (shown.error !== null) {
    const { code } = shown.error
    const nobody = code === 'user-not-found' || code === 'conversation-not-found' || code === 'bad-request'
    return (
      <section className={styles.thread} data-testid="thread-failed">
        <div className={styles.failed}>
          <MessageBox
            title={t(nobody ? 'privateChat.noSuchPerson' : 'privateChat.threadFailed')}
            icon={<UserX size={28} aria-hidden="true" />}
            actions={
              <ButtonLink kind="primary" to="/messages">
                {t('privateChat.toList')}
              </ButtonLink>
            }
          >
            {nobody ? t('privateChat.noSuchPersonBody') : failureText(shown.error)}
          </MessageBox>
        </div>
      </section>
    )
  }
  const { view, conversation } = shown
  if (view === null)
    return (
      <section className={styles.thread} role="status" aria-label={t('app.loading')}>
        <div className={styles.failed}>
          <Spinner large />
        </div>
      </section>
    )
  const person = conversation === null ? view.person : conversation.person
  const name = person?.displayName ?? t('privateChat.deleted')
  const known = { ...view, person }
  return (
    <section className={styles.thread} aria-label={name} data-testid="thread" data-key={threadKey}>
      <ThreadHeader view={known} threadKey={conversation?.key ?? threadKey} exists={conversation !== null} typing={shown.typing} onChanged={() => void thread.sync()} />
      {shown.connected ? null : (
        <p className={styles.offline} role="status" data-testid="not-connected">
          <WifiOff size={16} aria-hidden="true" />
          {t('privateChat.notConnected')}
        </p>
      )}
      <MessageList thread={thread} shown={shown} name={name} at={at} />
      {conversation?.request ? <RequestBar threadKey={conversation.key} person={person} name={name} /> : <Writing thread={thread} shown={shown} name={name} />}
    </section>
  )
}

function Writing({ thread, shown, name }: { readonly thread: Thread; readonly shown: ThreadSnapshot; readonly name: string }) {
  const { t } = useTranslation()
  const { view, conversation } = shown
  if (view === null) return null
  if (view.refusal !== null)
    return (
      <p className={styles.refusal} role="status" data-testid="refusal" data-refusal={view.refusal}>
        {view.refusal === 'blocked' && view.blockedByMe ? t('privateChat.refusal.blockedByMe', { name }) : t(`privateChat.refusal.${view.refusal}`, { name })}
      </p>
    )
  return (
    <>
      {view.left !== null && conversation !== null && conversation.waiting ? (
        <p className={styles.hint} data-testid="left">
          {t('privateChat.left', { name, count: view.left })}
        </p>
      ) : null}
      <MessageComposer name={name} onSend={(text, file) => thread.send(text, file)} onType={() => thread.type()} />
    </>
  )
}
