// The chat beside or below the picture: its place is there at once, its code comes after the picture's.
import { Suspense } from 'react'
import { MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatFeed } from '../chat/ChatFeed.ts'
import { lazyPart } from '../client/lazyPart.ts'
import type { GiftShow } from '../gifts/GiftShow.ts'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './WatchPage.module.css'

const ChatPanel = lazyPart(() => import('../chat/ChatPanel.tsx').then((panel) => ({ default: panel.ChatPanel })))

type Props = { readonly feed: ChatFeed | null; readonly owner: string | null; readonly gifts: GiftShow | null; /** Gifts are given while it is on air. */ readonly live: boolean; readonly collapsed: boolean; readonly onCollapse: (collapsed: boolean) => void }

export function ChatColumn({ feed, owner, gifts, live, collapsed, onCollapse }: Props) {
  const { t } = useTranslation()
  const waiting = (
    <div className={styles.chatWait}>
      <Spinner />
    </div>
  )
  return (
    <>
      <div className={styles.chatBody}>{feed === null ? waiting : <Suspense fallback={waiting}>{<ChatPanel feed={feed} owner={owner} gifts={gifts} live={live} onCollapse={() => onCollapse(true)} />}</Suspense>}</div>
      {collapsed ? (
        <button type="button" className={styles.expand} onClick={() => onCollapse(false)} aria-label={t('chat.expand')} title={t('chat.expand')} data-testid="chat-expand">
          <MessagesSquare size={20} aria-hidden="true" />
        </button>
      ) : null}
    </>
  )
}
