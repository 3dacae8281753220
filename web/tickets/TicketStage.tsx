// Lies over the stage of a paid show that is not paid: the cover blurred, what is asked for, and the way in.
import type { AccessView } from '../../server/contract/tickets.ts'
import { TicketCard } from './TicketCard.tsx'
import styles from './TicketStage.module.css'

type Props = {
  readonly channel: string
  readonly access: AccessView
  readonly cover: string | null
  /** Where one comes back to after logging in. */
  readonly path: string
  readonly replay?: boolean
  readonly onPaid: () => void
}

export function TicketStage({ channel, access, cover, path, replay = false, onPaid }: Props) {
  return (
    <div className={styles.stage} data-testid="ticket-stage">
      {cover === null ? <div className={styles.plain} aria-hidden="true" /> : <div className={styles.cover} style={{ backgroundImage: `url(${JSON.stringify(cover)})` }} aria-hidden="true" />}
      <TicketCard channel={channel} access={access} path={path} replay={replay} onPaid={onPaid} />
    </div>
  )
}
