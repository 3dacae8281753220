// Who gave most in this show, beside the viewer count; a press shows the whole ranking.
import { Suspense, useCallback, useEffect, useState } from 'react'
import { Crown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RankedPerson } from '../../server/contract/gifts.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { giftsApi } from './giftsApi.ts'
import styles from './TopGivers.module.css'

const GiftRanking = lazyPart(() => import('./GiftRanking.tsx').then((ranking) => ({ default: ranking.GiftRanking })))

export function TopGivers({ channel, onPerson }: { readonly channel: string; readonly onPerson: (name: string) => void }) {
  const { t } = useTranslation()
  const sockets = useSockets()
  const [top, setTop] = useState<readonly RankedPerson[]>([])
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  useEffect(() => {
    const abort = new AbortController()
    let stop = () => undefined as void
    const ask = () => giftsApi.ranking(channel, 'show', abort.signal).then(({ people }) => setTop(people.slice(0, 3)), () => undefined)
    void sockets.get().then(
      (socket) => {
        if (abort.signal.aborted) return
        const offs = [socket.onConnect(() => void ask()), socket.on('gift:top-changed', (fact) => fact.channel === channel && setTop(fact.top.slice(0, 3)))]
        stop = () => offs.forEach((off) => off())
      },
      () => undefined,
    )
    return () => {
      abort.abort()
      stop()
      setTop([])
    }
  }, [channel, sockets])
  return (
    <>
      <button type="button" className={styles.top} onClick={() => setOpen(true)} aria-label={t('gifts.ranking')} title={t('gifts.ranking')} data-testid="top-givers" data-count={top.length}>
        {top.length === 0 ? (
          <Crown size={16} aria-hidden="true" />
        ) : (
          top.map(({ person, rank }) => (
            <span key={person.id} className={styles.giver} data-rank={rank} title={person.displayName}>
              <Avatar name={person.displayName} url={person.avatarUrl} size={26} />
              <Crown size={11} aria-hidden="true" fill="currentColor" />
            </span>
          ))
        )}
      </button>
      {open ? (
        <Suspense>
          <GiftRanking
            channel={channel}
            onClose={close}
            onPerson={(name) => {
              close()
              onPerson(name)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
