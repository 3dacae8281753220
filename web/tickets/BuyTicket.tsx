// Buys a ticket: one key for one intention, so that a repeated press or a lost answer never costs twice.
import { useRef, useState } from 'react'
import { Ticket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AccessView } from '../../server/contract/tickets.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { newKey } from '../gifts/newKey.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Balance } from './Balance.tsx'
import styles from './TicketCard.module.css'
import { ticketsApi } from './ticketsApi.ts'

type Props = { readonly channel: string; readonly access: AccessView; readonly price: string; readonly userId: string; readonly onPaid: () => void }

export function BuyTicket({ channel, access: { broadcastId }, price, userId, onPaid }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const order = useRef({ price, key: newKey() })

  const buy = async () => {
    // Another price is another intention.
    if (order.current.price !== price) order.current = { price, key: newKey() }
    setBusy(true)
    setFailure(null)
    try {
      await ticketsApi.buy(channel, { broadcastId, ...order.current })
      onPaid()
    } catch (thrown) {
      const failed = RequestFailed.from(thrown)
      setFailure(failed)
      if (failed.code === 'price-changed' || failed.code === 'off-sale') onPaid()
    }
    setBusy(false)
  }

  return (
    <div className={styles.way}>
      <Button kind="primary" icon={<Ticket size={18} aria-hidden="true" />} busy={busy} onClick={() => void buy()} data-testid="ticket-buy">
        {t('tickets.buy', { price: formatAmount(price, i18n.language) })}
      </Button>
      {failure === null ? null : (
        <p className={styles.failure} role="alert">
          {failureText(failure)}
        </p>
      )}
      <Balance userId={userId} price={price} />
    </div>
  )
}
