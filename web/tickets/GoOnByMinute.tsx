// The yes to paying by the minute, with a limit that one sets oneself.
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessView } from '../../server/contract/tickets.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Balance } from './Balance.tsx'
import styles from './TicketCard.module.css'
import { ticketsApi } from './ticketsApi.ts'

/** Minutes more that a limit may allow; the first is offered. */
const limits = [30, 60, 120, 240]
const NONE = 'none'

type Props = { readonly channel: string; readonly access: AccessView; readonly userId: string; readonly onPaid: () => void }

export function GoOnByMinute({ channel, access: { broadcastId, terms, minutes }, userId, onPaid }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const id = useId()
  const [chosen, setChosen] = useState(String(limits[0]))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const { price } = terms
  const coinsFor = (count: number) => BigInt(price) * BigInt(count)

  const agree = async () => {
    setBusy(true)
    setFailure(null)
    try {
      // What was spent before counts towards the limit of the whole show.
      const cap = chosen === NONE ? null : String(coinsFor(Number(chosen)) + BigInt(minutes?.spent ?? '0'))
      await ticketsApi.goOn(channel, { broadcastId, price, going: true, cap })
      onPaid()
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
    }
    setBusy(false)
  }

  return (
    <div className={styles.way}>
      <label className={styles.cap} htmlFor={id}>
        {t('tickets.cap')}
        <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)} data-testid="minutes-cap">
          {limits.map((count) => (
            <option key={count} value={count}>
              {t('tickets.capMinutes', { count, coins: formatAmount(String(coinsFor(count)), i18n.language) })}
            </option>
          ))}
          <option value={NONE}>{t('tickets.capNone')}</option>
        </select>
      </label>
      <Button kind="primary" busy={busy} onClick={() => void agree()} data-testid="minutes-agree">
        {t('tickets.agree', { price: formatAmount(price, i18n.language) })}
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
