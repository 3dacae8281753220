// Over the picture of a paid show: how long the preview lasts and the way to a ticket, that one is held, or what the minutes cost so far.
import { useEffect, useState } from 'react'
import { Ticket, Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AccessView } from '../../server/contract/tickets.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useNow } from '../i18n/useNow.ts'
import { TicketCard } from './TicketCard.tsx'
import { ticketsApi } from './ticketsApi.ts'
import styles from './TicketChip.module.css'

/** The server charges and answers by then. */
const SETTLED_MS = 900
/** A mark that says nothing new goes away. */
const HELD_MS = 6000

type Props = { readonly channel: string; readonly access: AccessView; readonly path: string; readonly onChanged: () => void }

export function TicketChip({ channel, access, path, onChanged }: Props) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [open, setOpen] = useState(false)
  const [shownAt] = useState(now)
  const { terms, minutes, until, broadcastId } = access
  const left = until === null ? null : formatDuration(Date.parse(until) - now + 999)

  // A minute's or preview's end may be the beginning of a paid one.
  useEffect(() => {
    const ms = until === null ? (access.access === 'waiting' || access.access === 'preview' ? 2 * SETTLED_MS : null) : Date.parse(until) - Date.now() + SETTLED_MS
    if (ms === null) return
    const timer = setTimeout(onChanged, Math.max(SETTLED_MS, ms))
    return () => clearTimeout(timer)
  }, [access, until, onChanged])

  if (access.access === 'exempt' || access.access === 'needed') return null
  if (access.access === 'held')
    return now - shownAt > HELD_MS ? null : (
      <div className={styles.chip} data-testid="ticket-chip" data-access="held">
        <Ticket size={16} aria-hidden="true" />
        {t('tickets.held')}
      </div>
    )
  const stop = () => void ticketsApi.goOn(channel, { broadcastId, price: terms.price, going: false, cap: null }).then(onChanged, onChanged)
  return (
    <>
      <div className={styles.chip} data-testid="ticket-chip" data-access={access.access}>
        <Timer size={16} aria-hidden="true" />
        {access.access === 'preview' && left !== null ? <span role="timer">{t('tickets.preview', { left })}</span> : null}
        {access.access === 'minutes' || access.access === 'waiting' ? <span>{minutes?.going === false && left !== null ? t('tickets.stopping', { left }) : t('tickets.holding', { spent: formatAmount(minutes?.spent ?? '0', i18n.language) })}</span> : null}
        {minutes?.going === true ? (
          <button type="button" onClick={stop} data-testid="minutes-stop">
            {t('tickets.stop')}
          </button>
        ) : access.access === 'waiting' ? null : (
          <button type="button" onClick={() => setOpen(true)} data-testid="ticket-open">
            {t(terms.kind === 'show' ? 'tickets.getTicket' : 'tickets.goOn')}
          </button>
        )}
      </div>
      {open ? (
        <div className={styles.card}>
          <TicketCard
            channel={channel}
            access={access}
            path={path}
            onPaid={() => {
              setOpen(false)
              onChanged()
            }}
            onClose={() => setOpen(false)}
          />
        </div>
      ) : null}
    </>
  )
}
