// What a provider told, each with what became of it.
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { realCurrencySchema } from '../../../server/contract/money.ts'
import type { EventOutcome, PaymentEventView } from '../../../server/contract/recharge.ts'
import { formatMoney } from '../../i18n/formatMoney.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import styles from './Recharge.module.css'

const colours: Readonly<Record<EventOutcome, string>> = { applied: 'green', ignored: 'default', suspicious: 'red' }

export function PaymentEvents({ events }: { readonly events: readonly PaymentEventView[] }) {
  const { t, i18n } = useTranslation()
  const money = ({ amount, currency }: PaymentEventView) => {
    const known = realCurrencySchema.safeParse(currency)
    return known.success ? formatMoney(amount, known.data, i18n.language) : `${amount} ${currency}`
  }
  if (events.length === 0) return <p className={styles.muted}>{t('recharge.admin.noEvents')}</p>
  return (
    <ul className={styles.lines}>
      {events.map((event) => (
        <li key={event.id} data-testid="payment-event" data-outcome={event.outcome}>
          <b>
            {t(`recharge.admin.event.${event.kind}`)} · {money(event)}
          </b>
          <span>
            <Tag color={colours[event.outcome]}>{event.why === null ? t(`recharge.admin.outcome.${event.outcome}`) : t(`recharge.admin.why.${event.why}`)}</Tag>
          </span>
          <small>
            {formatWhen(event.at, i18n.language)} · {t(`recharge.admin.providerName.${event.provider}`)} · {event.eventId}
            {event.orderId === '' ? '' : ` · ${t('recharge.order')} ${event.orderId}`}
            {event.transferId === null ? null : (
              <>
                {' · '}
                <Link to={`/admin/ledger?transfer=${event.transferId}`}>{t('recharge.admin.transfer')}</Link>
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
  )
}
