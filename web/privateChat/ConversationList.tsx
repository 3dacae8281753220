// The left pane: search, the two boxes, and the conversations.
import { useState } from 'react'
import { Inbox, MessagesSquare, Search, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PrivateBox } from '../../server/contract/privateChat.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { ConversationItem } from './ConversationItem.tsx'
import styles from './ConversationList.module.css'
import { SearchResults } from './SearchResults.tsx'
import { useConversations } from './useConversations.ts'
import { usePrivateCounts } from './usePrivateCounts.ts'

const NEAR_END_PX = 240
const boxes: readonly PrivateBox[] = ['inbox', 'requests']

export function ConversationList() {
  const { t } = useTranslation()
  const [box, setBox] = useState<PrivateBox>('inbox')
  const [words, setWords] = useState('')
  const counts = usePrivateCounts()
  const searching = words.trim() !== ''
  return (
    <section className={styles.list} aria-label={t('privateChat.list')}>
      <div className={styles.head}>
        <h1>{t('privateChat.title')}</h1>
        <div className={styles.search} role="search">
          <Search size={16} aria-hidden="true" />
          <input type="search" value={words} maxLength={64} onChange={(event) => setWords(event.target.value)} placeholder={t('privateChat.search')} aria-label={t('privateChat.search')} data-testid="private-search" />
          {searching ? (
            <button type="button" onClick={() => setWords('')} aria-label={t('privateChat.clearSearch')}>
              <X size={16} aria-hidden="true" />
            </button>
          ) : null}
        </div>
        {searching ? null : (
          <div className={styles.tabs} role="tablist">
            {boxes.map((one) => (
              <button key={one} type="button" role="tab" aria-selected={one === box} onClick={() => setBox(one)} data-testid={`box-${one}`}>
                {t(one === 'inbox' ? 'privateChat.all' : 'privateChat.requests')}
                {one === 'requests' && counts.requests > 0 ? (
                  <span className={styles.count} aria-label={t('privateChat.requestCount', { count: counts.requests })} data-testid="request-count">
                    {counts.requests}
                  </span>
                ) : null}
              </button>
            ))}
          </div>
        )}
      </div>
      {searching ? <SearchResults words={words.trim()} /> : <Box key={box} box={box} />}
    </section>
  )
}

function Box({ box }: { readonly box: PrivateBox }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { conversations, error, more, loadMore, reload } = useConversations(box)
  if (conversations === null && error !== null)
    return (
      <div className={styles.empty} role="alert">
        <h2>{t('privateChat.listFailed')}</h2>
        <p>{failureText(error)}</p>
        <Button onClick={reload}>{t('app.retry')}</Button>
      </div>
    )
  if (conversations === null)
    return (
      <div className={styles.items} role="status" aria-label={t('app.loading')}>
        {Array.from({ length: 6 }, (_, at) => (
          <div key={at} className={styles.ghost}>
            <span className="skeleton" />
            <span className="skeleton" />
          </div>
        ))}
      </div>
    )
  if (conversations.length === 0)
    return (
      <div className={styles.empty} data-testid="no-conversations">
        {box === 'inbox' ? <MessagesSquare size={30} aria-hidden="true" /> : <Inbox size={30} aria-hidden="true" />}
        <h2>{t(box === 'inbox' ? 'privateChat.emptyTitle' : 'privateChat.emptyRequestsTitle')}</h2>
        <p>{t(box === 'inbox' ? 'privateChat.emptyBody' : 'privateChat.emptyRequestsBody')}</p>
      </div>
    )
  return (
    <div
      className={styles.items}
      role="tabpanel"
      onScroll={({ currentTarget: pane }) => {
        if (more && pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_END_PX) loadMore()
      }}
    >
      {conversations.map((conversation) => (
        <ConversationItem key={conversation.id} conversation={conversation} />
      ))}
      {more ? (
        <Button kind="quiet" wide onClick={loadMore}>
          {t('privateChat.more')}
        </Button>
      ) : null}
    </div>
  )
}
