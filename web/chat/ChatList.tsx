// The chat's lines: only those in sight are in the page; it stays at the newest, and holds still for who reads further up.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { VList } from 'virtua'
import type { VListHandle } from 'virtua'
import { foldCombos } from '../gifts/foldCombos.ts'
import type { ChatRow } from './ChatRow.ts'
import { ChatRowView } from './ChatRowView.tsx'
import type { RowActions } from './ChatRowView.tsx'
import styles from './ChatList.module.css'

type Props = { readonly rows: readonly ChatRow[]; readonly actions: RowActions; readonly label: string; readonly empty: string; /** Whether a message is gone meanwhile. */ readonly isGone: (id: string) => boolean }

/** Pixels from the end that still count as the end. */
const NEAR = 48

/** Counts what would be new to who stands still at `frozen`. */
function newSince(rows: readonly ChatRow[], frozen: readonly ChatRow[]): number {
  const known = new Set(frozen.map(({ key }) => key))
  return rows.filter((row) => row.kind === 'message' && !known.has(row.key)).length
}

export function ChatList({ rows: told, actions, label, empty, isGone }: Props) {
  const { t } = useTranslation()
  const rows = useMemo(() => foldCombos(told), [told])
  const list = useRef<VListHandle>(null)
  // Who reads further up sees what was there then, without what was taken off since: nothing moves under their eyes.
  const [frozen, setFrozen] = useState<readonly ChatRow[] | null>(null)
  const [pressed, setPressed] = useState(false)
  const shown = frozen === null ? rows : frozen.filter((row) => row.kind !== 'message' || row.deleted || !isGone(row.message.id))
  const sendingKey = rows.findLast(({ kind }) => kind === 'sending')?.key
  const count = shown.length
  const lastKey = shown.at(-1)?.key

  // One's own message is what one wants to see.
  const [seenSending, setSeenSending] = useState(sendingKey)
  if (sendingKey !== seenSending) {
    setSeenSending(sendingKey)
    if (sendingKey !== undefined) setFrozen(null)
  }

  useLayoutEffect(() => {
    if (frozen === null && count > 0) list.current?.scrollToIndex(count - 1, { align: 'end' })
  }, [frozen, count, lastKey, rows])

  const scrolled = (offset: number) => {
    const handle = list.current
    if (handle === null) return
    const atEnd = handle.scrollSize - handle.viewportSize - offset < NEAR
    if (atEnd && frozen !== null) setFrozen(null)
    // Only a reader's own hand leaves the end; lines that grow do not.
    if (!atEnd && frozen === null && pressed) setFrozen(rows)
  }

  const root = useRef<HTMLDivElement>(null)
  // A keyboard that opens takes room from above: the newest stays in sight.
  useEffect(() => {
    if (root.current === null || frozen !== null) return
    const observer = new ResizeObserver(() => count > 0 && list.current?.scrollToIndex(count - 1, { align: 'end' }))
    observer.observe(root.current)
    return () => observer.disconnect()
  }, [frozen, count])
  useEffect(() => {
    const element = root.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const hand = () => {
      setPressed(true)
      clearTimeout(timer)
      timer = setTimeout(() => setPressed(false), 1_200)
    }
    const names = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
    for (const name of names) element.addEventListener(name, hand, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const name of names) element.removeEventListener(name, hand)
    }
  }, [])

  const fresh = frozen === null ? 0 : newSince(rows, frozen)
  return (
    <div className={styles.root} ref={root}>
      {rows.length === 0 ? <p className={styles.empty}>{empty}</p> : null}
      <VList ref={list} data={shown} className={styles.list} onScroll={scrolled} role="log" aria-label={label} aria-live={frozen === null ? 'polite' : 'off'} aria-relevant="additions" tabIndex={0} data-testid="chat-list" data-paused={frozen !== null}>
        {(row) => <ChatRowView key={row.key} row={row} actions={actions} />}
      </VList>
      {frozen === null ? null : (
        <button type="button" className={styles.newer} onClick={() => setFrozen(null)} data-testid="chat-new">
          <ArrowDown size={16} aria-hidden="true" />
          {fresh === 0 ? t('chat.toBottom') : t('chat.newMessages', { count: fresh })}
        </button>
      )}
    </div>
  )
}
