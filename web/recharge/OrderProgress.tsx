// How an order stands, live: where to pay, whether it was paid, and the coins when they are there.
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Check, Clock, ExternalLink, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OrderView } from '../../server/contract/recharge.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { QrCode } from '../share/QrCode.tsx'
import { Button, ButtonAnchor } from '../ui/Button.tsx'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { CoinBurst } from './CoinBurst.tsx'
import styles from './OrderProgress.module.css'
import { useOrder } from './useOrder.ts'

type Props = {
  readonly orderId: string
  /** Paying opens beside this page, which stays. */
  readonly beside?: boolean
  /** Once, when the coins are there. */
  readonly onCredited?: (order: OrderView) => void
  /** What one may do next, below. */
  readonly children?: (order: OrderView) => ReactNode
}

export function OrderProgress({ orderId, beside = false, onCredited, children }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { data: order, error, reload } = useOrder(orderId)
  const told = useRef(onCredited)
  useEffect(() => {
    told.current = onCredited
  })
  const credited = order?.state === 'credited'
  useEffect(() => {
    if (credited && order !== null) told.current?.(order)
    // The order itself may change afterwards; it is credited once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [credited])

  if (order === null) return error === null ? <div className={styles.wait}><Spinner large /></div> : <MessageBox tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
  const { state, coins, bonus, price, currency, refunded, createdAt, id } = order
  const all = formatAmount(String(BigInt(coins) + BigInt(bonus)), i18n.language)
  return (
    <section className={styles.order} data-testid="order" data-state={state}>
      <div role="status" aria-live="polite" className={styles.head}>
        <Mark state={state} />
        <h1>{t(`recharge.state.${state}`)}</h1>
        {state === 'credited' ? (
          <p className={styles.gained} data-testid="order-coins">
            <CoinIcon size={26} /> +{all}
            <span className="visually-hidden"> {t('wallet.coins')}</span>
          </p>
        ) : (
          <p className={styles.about}>{t(`recharge.stateHint.${state}`)}</p>
        )}
      </div>
      {state === 'pending' ? <HowToPay order={order} beside={beside} /> : null}
      <dl className={styles.facts}>
        <div>
          <dt>{t('recharge.coins')}</dt>
          <dd>
            <CoinIcon size={16} /> {all}
          </dd>
        </div>
        <div>
          <dt>{t('recharge.price')}</dt>
          <dd>{formatMoney(price, currency, i18n.language)}</dd>
        </div>
        {refunded === '0' ? null : (
          <div>
            <dt>{t('recharge.refunded')}</dt>
            <dd>{formatMoney(refunded, currency, i18n.language)}</dd>
          </div>
        )}
        <div>
          <dt>{t('recharge.orderedAt')}</dt>
          <dd>{new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(createdAt))}</dd>
        </div>
        <div>
          <dt>{t('recharge.number')}</dt>
          <dd className={styles.number}>{id}</dd>
        </div>
      </dl>
      {children?.(order)}
    </section>
  )
}

function Mark({ state }: { readonly state: OrderView['state'] }) {
  if (state === 'credited') return <CoinBurst />
  const icon = state === 'refunded' ? <Undo2 size={30} aria-hidden="true" /> : state === 'expired' ? <Clock size={30} aria-hidden="true" /> : state === 'paid' ? <Check size={30} aria-hidden="true" /> : <Spinner large />
  return <span className={styles.mark}>{icon}</span>
}

function HowToPay({ order: { way, provider, price, currency, expiresAt }, beside }: { readonly order: OrderView; readonly beside: boolean }) {
  const { t, i18n } = useTranslation()
  const left = Math.max(0, Date.parse(expiresAt) - useNow())
  if (way === null) return null
  return (
    <div className={styles.pay}>
      {way.kind === 'qr' ? (
        <>
          <div className={styles.qr}>
            <QrCode text={way.text} label={t('recharge.scan', { app: t(`recharge.app.${provider}`) })} size={212} />
          </div>
          <p>{t('recharge.scan', { app: t(`recharge.app.${provider}`) })}</p>
        </>
      ) : (
        <ButtonAnchor kind="primary" href={way.url} icon={<ExternalLink aria-hidden="true" />} {...(beside ? { target: '_blank', rel: 'noreferrer' } : {})} data-testid="go-to-pay">
          {t('recharge.goToPay', { price: formatMoney(price, currency, i18n.language) })}
        </ButtonAnchor>
      )}
      <p className={styles.left}>{t('recharge.timeLeft', { time: formatDuration(left) })}</p>
    </div>
  )
}
