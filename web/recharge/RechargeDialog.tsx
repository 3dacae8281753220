// Recharge in place, over a live room: choose, pay beside the page, and be told when the coins are there.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { Amount } from '../../server/contract/money.ts'
import type { OrderView } from '../../server/contract/recharge.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { Sheet } from '../moderation/Sheet.tsx'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { OrderProgress } from './OrderProgress.tsx'
import { PackageGrid } from './PackageGrid.tsx'
import { PayWays } from './PayWays.tsx'
import styles from './RechargeDialog.module.css'
import { useCounter } from './useCounter.ts'

export type RechargeDialogProps = {
  readonly onClose: () => void
  /** The coins are in the wallet. */
  readonly onCredited?: (order: OrderView) => void
  /** Coins that are missing for what one wanted to do. */
  readonly need?: Amount
}

export function RechargeDialog({ onClose, onCredited, need }: RechargeDialogProps) {
  const { t } = useTranslation()
  const [orderId, setOrderId] = useState<string | null>(null)
  return (
    <Sheet label={t('recharge.title')} onClose={onClose} testId="recharge-dialog">
      {orderId === null ? (
        <SmallCounter need={need ?? null} onOrdered={setOrderId} />
      ) : (
        <OrderProgress orderId={orderId} beside onCredited={onCredited}>
          {({ state }) => (
            <div className={styles.actions}>
              {state === 'credited' ? (
                <Button kind="primary" wide onClick={onClose} data-testid="recharge-done">
                  {t('recharge.done')}
                </Button>
              ) : (
                <Button kind="quiet" wide onClick={() => setOrderId(null)}>
                  {t('recharge.other')}
                </Button>
              )}
            </div>
          )}
        </OrderProgress>
      )}
    </Sheet>
  )
}

function SmallCounter({ need, onOrdered }: { readonly need: Amount | null; readonly onOrdered: (orderId: string) => void }) {
  const { t, i18n } = useTranslation()
  const { pathname } = useLocation()
  const counter = useCounter(need)
  const { offer, failure, chosen, option, currency } = counter
  if (offer === null || currency === null)
    return failure === null && offer === null ? (
      <div className={styles.wait}>
        <Spinner large />
      </div>
    ) : (
      <MessageBox size="note" tone={failure === null ? 'calm' : 'bad'} title={failure ?? t('recharge.nothing')} />
    )

  const pay = async () => {
    // Opened at the click itself, or browsers take it for an advertisement; it is led on when the order is there.
    const tab = option?.way === 'redirect' ? window.open('about:blank', '_blank') : null
    // Another site's page must not hold the way back into ours.
    if (tab !== null) tab.opener = null
    const order = await counter.order(pathname)
    if (order !== null) onOrdered(order.id)
    if (order?.way?.kind === 'redirect' && tab !== null) tab.location.replace(new URL(order.way.url, location.href))
    else tab?.close()
  }
  return (
    <>
      <h2 className={styles.title}>{t('recharge.title')}</h2>
      {need === null ? null : <p className={styles.need}>{t('recharge.need', { amount: formatAmount(need, i18n.language) })}</p>}
      {offer.test ? <p className={styles.test}>{t('recharge.testTitle')}</p> : null}
      <div className={styles.small}>
        <PackageGrid packages={counter.packages} currencies={counter.currencies} currency={currency} onCurrency={counter.setCurrency} chosen={chosen?.id ?? null} onChoose={counter.choose} />
      </div>
      <PayWays options={counter.options} chosen={option?.key ?? null} onChoose={counter.setOption} />
      {failure === null ? null : (
        <p role="alert" className={styles.problem}>
          {failure}
        </p>
      )}
      <Button kind="primary" wide busy={counter.busy} disabled={chosen === null || option === null} onClick={() => void pay()} data-testid="dialog-pay">
        {chosen === null ? t('recharge.pay') : t('recharge.goToPay', { price: formatMoney(chosen.price, currency, i18n.language) })}
      </Button>
      <p className={styles.terms}>{t('recharge.terms')}</p>
    </>
  )
}
