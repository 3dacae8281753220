// A channel's chat as a column: what was said, who may say what, and the tools of those who keep order.
import { Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { Gavel, PanelRightClose, SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import { may } from '../../server/contract/permissions.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { lazyPart } from '../client/lazyPart.ts'
import { BannerList } from '../gifts/BannerList.tsx'
import { GiftDock } from '../gifts/GiftDock.tsx'
import type { GiftShow } from '../gifts/GiftShow.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { copyText } from '../ui/copyText.ts'
import { BlockedComposer } from './BlockedComposer.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import { ChatList } from './ChatList.tsx'
import styles from './ChatPanel.module.css'
import type { RowActions } from './ChatRowView.tsx'
import { Composer } from './Composer.tsx'
import type { ComposerHandle } from './Composer.tsx'
import { HeldQueue } from './HeldQueue.tsx'
import { MessageMenu } from './MessageMenu.tsx'
import type { MessageAction } from './MessageMenu.tsx'
import { ModesPopover } from './ModesPopover.tsx'
import { PinnedBar } from './PinnedBar.tsx'
import { RuleLine } from './RuleLine.tsx'
import { useChatSnapshot } from './useChat.ts'
import { useCountdown } from './useCountdown.ts'
import { writeBlock, writeMoments } from './writeBlock.ts'

const UserCard = lazyPart(() => import('../people/UserCard.tsx').then((card) => ({ default: card.UserCard })))

/** Room a menu needs, in pixels. */
const MENU_HEIGHT = 280

type Props = { readonly feed: ChatFeed; /** Whose channel it is; null until known. */ readonly owner: string | null; readonly onCollapse?: () => void; /** Where gifts are shown; without it none can be given here. */ readonly gifts?: GiftShow | null; readonly live?: boolean }

export function ChatPanel({ feed, owner, onCollapse, gifts = null, live = false }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const chat = useChatSnapshot(feed)
  const { me } = useSession()
  const ownName = me?.user?.name ?? null
  const role = chat.self?.role ?? 'visitor'
  const [menu, setMenu] = useState<{ readonly message: ChatMessage; readonly top: number } | null>(null)
  const [card, setCard] = useState<ChatMessage | null>(null)
  const [replyTo, setReplyTo] = useState<ChatMessage | null>(null)
  const composer = useRef<ComposerHandle>(null)
  const [open, setOpen] = useState<'modes' | 'held' | null>(null)
  const [deleting, setDeleting] = useState<ChatMessage | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const moments = writeMoments(chat)
  const left = { muted: useCountdown(moments.muted), followed: useCountdown(moments.followed) }
  const block = writeBlock({ loggedIn: me === null || ownName !== null, self: chat.self, modes: chat.modes, keptOut: chat.state === 'kept-out', left })

  const actions = useMemo<RowActions>(
    () => ({
      ownName,
      onMenu: (message, row) => {
        if (panel === null) return
        const { top, height } = panel.getBoundingClientRect()
        setMenu({ message, top: Math.max(44, Math.min(row.getBoundingClientRect().top - top + 28, height - MENU_HEIGHT)) })
      },
      onPerson: setCard,
      onRetry: (clientId) => feed.retry(clientId),
      onDiscard: (clientId) => feed.discard(clientId),
      ...(gifts === null ? {} : { onPacket: gifts.openPacket }),
    }),
    [feed, ownName, panel, gifts],
  )
  const run = (work: Promise<unknown>) => {
    setFailure(null)
    work.catch(setFailure)
  }
  const act = (action: MessageAction, message: ChatMessage) => {
    setMenu(null)
    if (action === 'reply') setReplyTo(message)
    else if (action === 'copy') run(copyText(message.text))
    else if (action === 'recall') run(feed.recall(message.id))
    else if (action === 'pin') run(feed.pin(message.id))
    else if (action === 'delete') run(feed.delete({ id: message.id }))
    else setDeleting(message)
  }
  const closeMenu = useCallback(() => setMenu(null), [])
  const closePopover = useCallback(() => setOpen(null), [])
  const replyDone = useCallback(() => setReplyTo(null), [])
  const rows = useMemo(() => ({ isGone: (id: string) => feed.isGone(id) }), [feed])

  return (
    <section className={styles.panel} ref={setPanel} aria-label={t('chat.title')} data-testid="chat" data-state={chat.state} data-role={role}>
      <header className={styles.head}>
        <h2>{t('chat.title')}</h2>
        <span className={styles.space} />
        {may(role, 'chat:review') ? (
          <button type="button" className={styles.headButton} onClick={() => setOpen(open === 'held' ? null : 'held')} aria-expanded={open === 'held'} aria-label={t('chat.heldCount', { count: chat.held.length })} title={t('chat.heldCount', { count: chat.held.length })} data-testid="chat-held-button">
            <Gavel size={18} aria-hidden="true" />
            {chat.held.length === 0 ? null : <b className={styles.bubble}>{chat.held.length}</b>}
          </button>
        ) : null}
        {may(role, 'chat:set-modes') ? (
          <button type="button" className={styles.headButton} onClick={() => setOpen(open === 'modes' ? null : 'modes')} aria-expanded={open === 'modes'} aria-label={t('chat.rules')} title={t('chat.rules')} data-testid="chat-modes-button">
            <SlidersHorizontal size={18} aria-hidden="true" />
          </button>
        ) : null}
        {onCollapse === undefined ? null : (
          <button type="button" className={`${styles.headButton} ${styles.collapse}`} onClick={onCollapse} aria-label={t('chat.collapse')} title={t('chat.collapse')} data-testid="chat-collapse">
            <PanelRightClose size={18} aria-hidden="true" />
          </button>
        )}
      </header>
      {open === 'modes' ? <ModesPopover feed={feed} modes={chat.modes} onClose={closePopover} /> : null}
      {open === 'held' ? <HeldQueue feed={feed} held={chat.held} onClose={closePopover} /> : null}
      {chat.state === 'reconnecting' ? (
        <p className={styles.reconnecting} role="status" data-testid="chat-reconnecting">
          <Spinner /> {t('chat.reconnecting')}
        </p>
      ) : null}
      {failure === null ? null : (
        <p className={styles.failure} role="alert" onAnimationEnd={() => setFailure(null)}>
          {failureText(failure)}
        </p>
      )}
      {chat.pinned === null ? null : <PinnedBar message={chat.pinned} ownName={ownName} onUnpin={may(role, 'chat:pin') ? () => run(feed.pin(null)) : null} />}
      {gifts === null ? null : <BannerList show={gifts} place="chat" />}
      <ChatList rows={chat.rows} actions={actions} label={t('chat.title')} empty={chat.state === 'joining' ? t('chat.loading') : chat.state === 'missing' ? t('chat.missing') : chat.state === 'kept-out' ? '' : t('chat.empty')} isGone={rows.isGone} />
      <RuleLine modes={chat.modes} follow={owner !== null && ownName !== null && !may(role, 'chat:exempt') ? owner : null} onFollow={() => void feed.refresh()} />
      <div className={styles.foot}>
        {block === null ? <Composer feed={feed} chat={chat} ownName={ownName} replyTo={replyTo} onReplyDone={replyDone} ref={composer} /> : <BlockedComposer block={block} feed={feed} />}
        {gifts === null || owner === null || owner === ownName ? null : <GiftDock channel={feed.channel} live={live} show={gifts} />}
      </div>
      {menu === null ? null : <MessageMenu message={menu.message} role={role} own={menu.message.author?.name === ownName} mayWrite={block === null} top={menu.top} onAction={(action) => act(action, menu.message)} onClose={closeMenu} />}
      {card?.author == null ? null : (
        <Suspense>
          <UserCard
            name={card.author.name}
            channel={feed.channel}
            message={{ id: card.id, text: card.text }}
            onClose={() => setCard(null)}
            onMention={(name) => {
              setCard(null)
              composer.current?.mention(name)
            }}
          />
        </Suspense>
      )}
      <ConfirmDialog
        open={deleting !== null}
        title={t('chat.deleteAllTitle', { name: deleting?.author?.displayName ?? '' })}
        body={t('chat.deleteAllBody')}
        confirm={t('chat.delete')}
        onCancel={() => setDeleting(null)}
        onConfirm={() => {
          if (deleting?.author != null) run(feed.delete({ user: deleting.author.name }))
          setDeleting(null)
        }}
      />
    </section>
  )
}
