// A banner that sweeps in over the stage when a guard comes into the room, or when somebody becomes one: silver, gold or violet.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { ChatSource } from '../chat/ChatSource.ts'
import { EntranceQueue } from './EntranceQueue.ts'
import type { Entrance } from './EntranceQueue.ts'
import styles from './GuardEntrance.module.css'
import { GuardEmblem } from './GuardEmblem.tsx'

/** How long one is seen; less while others wait. The stylesheet's animation has the same length. */
const SHOWN_MS = 3_600
const BUSY_MS = 2_200

const entranceOf = ({ id, line }: ChatMessage): Entrance | null => (line?.type === 'guard-entered' || line?.type === 'guard-bought' ? { id, name: line.name, term: line.term, bought: line.type === 'guard-bought' } : null)

export function GuardEntrance({ source }: { readonly source: ChatSource }) {
  const { t } = useTranslation()
  const [queue] = useState(() => new EntranceQueue())
  const [shown, setShown] = useState<Entrance | null>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = () => {
      const entrance = queue.take()
      setShown(entrance)
      timer = entrance === null ? undefined : setTimeout(next, queue.waiting > 0 ? BUSY_MS : SHOWN_MS)
    }
    const stop = source.onFresh((message) => {
      const entrance = entranceOf(message)
      if (entrance === null || document.visibilityState === 'hidden') return
      queue.add(entrance)
      if (timer === undefined) next()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [source, queue])

  if (shown === null) return null
  return (
    <div key={shown.id} className={styles.banner} data-term={shown.term} data-testid="guard-entrance" data-name={shown.name} aria-hidden="true">
      <span className={styles.emblem}>
        <GuardEmblem term={shown.term} size={56} />
      </span>
      <span className={styles.words}>
        <small>{t(`guard.entrance.${shown.term}`)}</small>
        <b>
          <span className={styles.name}>{shown.name}</span> {t(shown.bought ? 'guard.boughtNow' : 'guard.comesIn')}
        </b>
      </span>
    </div>
  )
}
