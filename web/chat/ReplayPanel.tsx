// The chat of a kept broadcast, read only, as its picture plays.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../accounts/SessionProvider.tsx'
import { ChatList } from './ChatList.tsx'
import styles from './ChatPanel.module.css'
import type { RowActions } from './ChatRowView.tsx'
import type { ReplayChat } from './ReplayChat.ts'
import { useChatSnapshot } from './useChat.ts'

export function ReplayPanel({ source, failed, onPerson }: { readonly source: ReplayChat; readonly failed: boolean; readonly onPerson: (name: string) => void }) {
  const { t } = useTranslation()
  const { rows } = useChatSnapshot(source)
  const { me } = useSession()
  const ownName = me?.user?.name ?? null
  const actions = useMemo<RowActions>(
    () => ({ ownName, onMenu: null, onPerson: ({ author }) => author !== null && onPerson(author.name), onRetry: () => undefined, onDiscard: () => undefined }),
    [ownName, onPerson],
  )
  return (
    <section className={styles.panel} aria-label={t('chat.replayTitle')} data-testid="replay-chat">
      <header className={`${styles.head} ${styles.keptHead}`}>
        <h2>{t('chat.replayTitle')}</h2>
      </header>
      {failed ? (
        <p className={styles.reconnecting} role="status">
          {t('chat.replayFailed')}
        </p>
      ) : null}
      <ChatList rows={rows} actions={actions} label={t('chat.replayTitle')} empty={t('chat.replayEmpty')} isGone={() => false} />
    </section>
  )
}
