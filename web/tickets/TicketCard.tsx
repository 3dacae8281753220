// What a paid show asks for: a ticket, or a yes to paying by the minute; with one's balance, and the way to more coins.
import { Ticket, Timer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessView } from '../../server/contract/tickets.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { BuyTicket } from './BuyTicket.tsx'
import { GoOnByMinute } from './GoOnByMinute.tsx'
import styles from './TicketCard.module.css'

type Props = {
  readonly channel: string
  readonly access: AccessView
  readonly path: string
  readonly replay?: boolean
  readonly onPaid: () => void
  /** Over a preview that runs: the card can be put away. */
  readonly onClose?: () => void
}

export function TicketCard({ channel, access, path, replay = false, onPaid, onClose }: Props) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { terms, minutes, price } = access
  const byMinute = terms.kind === 'minute' && !replay
  const over = !replay && access.access === 'needed' && terms.previewSeconds > 0 && minutes === null
  const title = replay ? t('tickets.replayTitle') : over ? t('tickets.overTitle') : t(byMinute ? 'tickets.minuteTitle' : 'tickets.needTitle')
  const body = byMinute ? t('tickets.minuteBody', { price: terms.price }) : replay ? [t('tickets.replayBody'), ...(terms.kind === 'minute' ? [t('tickets.replayRest')] : [])].join(' ') : t('tickets.needBody')

  const way = (): ReactNode => {
    if (access.refunded) return <p className={styles.note}>{t('tickets.refunded')}</p>
    if (!byMinute && price === null) return <p className={styles.note}>{t('tickets.notForSale')}</p>
    if (me === null) return null
    if (me.user === null)
      return (
        <ButtonLink kind="primary" to={`/login?next=${encodeURIComponent(path)}`} data-testid="ticket-log-in">
          {t('tickets.logIn')}
        </ButtonLink>
      )
    return byMinute ? <GoOnByMinute channel={channel} access={access} userId={me.user.id} onPaid={onPaid} /> : <BuyTicket channel={channel} access={access} price={price ?? '0'} userId={me.user.id} onPaid={onPaid} />
  }

  return (
    <section className={styles.card} aria-label={title} data-testid="ticket-card">
      <h2 className={styles.title}>
        <span className={styles.sign}>{byMinute ? <Timer aria-hidden="true" size={20} /> : <Ticket aria-hidden="true" size={20} />}</span>
        {title}
      </h2>
      {byMinute && minutes?.stopped ? <p className={styles.stopped}>{t(`tickets.stopped.${minutes.stopped}`, { minutes: minutes.minutes, spent: minutes.spent })}</p> : null}
      <p className={styles.body}>{body}</p>
      {way()}
      {onClose === undefined ? null : (
        <Button kind="quiet" onClick={onClose}>
          {t('tickets.close')}
        </Button>
      )}
    </section>
  )
}
