// The messages of a thread: drawn as far as they are seen, older ones loaded at the top without a jump, stuck to the newest while one is there.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ArrowDown, Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Virtualizer } from 'virtua'
import type { VirtualizerHandle } from 'virtua'
import { Spinner } from '../ui/Spinner.tsx'
import { Lightbox } from './Lightbox.tsx'
import { MessageBubble } from './MessageBubble.tsx'
import styles from './MessageList.module.css'
import { messageRows } from './messageRows.ts'
import { OutgoingBubble } from './OutgoingBubble.tsx'
import type { Thread, ThreadSnapshot } from './Thread.ts'

const NEAR_TOP_PX = 320
const AT_END_PX = 80

type Props = { readonly thread: Thread; readonly shown: ThreadSnapshot; readonly name: string; readonly at: number | null }

export function MessageList({ thread, shown, name, at }: Props) {
  const { t } = useTranslation()
  const { messages, outgoing, conversation, view, more, loadingOlder, prepended } = shown
  const rows = useMemo(() => messageRows(messages), [messages])
  const list = useRef<VirtualizerHandle>(null)
  const pane = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(at === null)
  const stuck = useRef(at === null)
  const [large, setLarge] = useState<string | null>(null)
  const count = rows.length + outgoing.length
  const sought = at === null ? -1 : rows.findIndex(({ message }) => message.seq === at)

  // By the pane, not by the virtual list: what stands before the list is not counted by it.
  const showEnd = useCallback(() => {
    const { current } = pane
    if (current !== null) current.scrollTop = current.scrollHeight
  }, [])
  const toEnd = useCallback(() => {
    stuck.current = true
    setAtEnd(true)
    showEnd()
  }, [showEnd])

  // Own words always bring the end into view.
  const outgoingCount = outgoing.length
  useLayoutEffect(() => {
    if (outgoingCount > 0) stuck.current = true
  }, [outgoingCount])
  useLayoutEffect(() => {
    if (stuck.current && count > 0) showEnd()
  }, [count, showEnd])
  useEffect(() => {
    if (sought < 0) return
    stuck.current = false
    list.current?.scrollToIndex(sought, { align: 'center' })
  }, [sought])

  const lastSeq = messages.at(-1)?.seq ?? 0
  useEffect(() => {
    const read = () => atEnd && lastSeq > 0 && document.visibilityState === 'visible' && thread.markRead(lastSeq)
    read()
    document.addEventListener('visibilitychange', read)
    window.addEventListener('focus', read)
    return () => {
      document.removeEventListener('visibilitychange', read)
      window.removeEventListener('focus', read)
    }
  }, [thread, lastSeq, atEnd, conversation?.readSeq, shown.connected])

  const scrolled = (offset: number) => {
    const { current } = pane
    if (current === null) return
    const end = current.scrollTop + current.clientHeight >= current.scrollHeight - AT_END_PX
    stuck.current = end
    setAtEnd(end)
    if (offset < NEAR_TOP_PX && more && !loadingOlder) void thread.loadOlder()
  }

  return (
    <div className={styles.frame}>
      <div ref={pane} className={styles.pane} role="log" aria-label={name} tabIndex={0} data-testid="messages">
        <div className={styles.space} />
        {more ? null : <Beginning name={name} left={view?.lands === 'requests' && conversation === null ? (view.left ?? 0) : null} />}
        {loadingOlder ? (
          <p className={styles.older} role="status" aria-label={t('privateChat.older')}>
            <Spinner />
          </p>
        ) : null}
        <Virtualizer
          ref={list}
          scrollRef={pane}
          shift={prepended}
          onScroll={scrolled}
          onResize={() => {
            if (stuck.current) showEnd()
          }}
        >
          {[
            ...rows.map((row) => (
              <MessageBubble key={row.message.seq} row={row} seen={row.message.seq <= (conversation?.seenSeq ?? 0)} sought={row.message.seq === at} onEnlarge={setLarge} />
            )),
            ...outgoing.map((one) => <OutgoingBubble key={one.clientId} outgoing={one} onRetry={() => thread.retry(one.clientId)} onDiscard={() => thread.discard(one.clientId)} />),
          ]}
        </Virtualizer>
      </div>
      {atEnd ? null : (
        <button type="button" className={styles.newest} onClick={toEnd} aria-label={t('privateChat.toNewest')} data-testid="to-newest">
          <ArrowDown size={18} aria-hidden="true" />
        </button>
      )}
      {large === null ? null : <Lightbox url={large} onClose={() => setLarge(null)} />}
    </div>
  )
}

/** @param left what may be written to someone who does not know one; null where that does not matter */
function Beginning({ name, left }: { readonly name: string; readonly left: number | null }) {
  const { t } = useTranslation()
  return (
    <div className={styles.beginning}>
      <Lock size={18} aria-hidden="true" />
      <p>{t('privateChat.start', { name })}</p>
      <p>{left === null ? t('privateChat.startHint') : t('privateChat.startRequest', { name, count: left })}</p>
    </div>
  )
}
