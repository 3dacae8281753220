// The panel's foot: how many, what that costs, what one has, and the button that sends and goes on with a combo.
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { GiftView } from '../../server/contract/gifts.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { useWallet } from '../wallet/useWallet.ts'
import { ComboButton } from './ComboButton.tsx'
import { GIFT_CONFIRM_FROM } from './giftLimits.ts'
import { giftName } from './giftName.ts'
import styles from './GiftPanel.module.css'
import { QuantityPicker } from './QuantityPicker.tsx'
import type { GiftSender } from './useGiftSender.ts'

const RechargeDialog = lazyPart(() => import('../recharge/RechargeDialog.tsx').then((dialog) => ({ default: dialog.RechargeDialog })))

type Props = { readonly channel: string; readonly userId: string; readonly live: boolean; readonly gift: GiftView | null; readonly mayGuard: boolean; readonly sender: GiftSender; readonly coinsAfter: string | null; readonly onPriceChanged: () => void }

const SURE_KEY = 'footlight.giftsUnasked'
const unasked = () => sessionStorage.getItem(SURE_KEY) === '1'

export function GiftCheckout({ channel, userId, live, gift, mayGuard, sender, coinsAfter, onPriceChanged }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { pathname } = useLocation()
  const wallet = useWallet(userId)
  const [quantity, setQuantity] = useState(1)
  const [asking, setAsking] = useState(false)
  const [recharging, setRecharging] = useState<string | null | false>(false)
  const coins = wallet.data?.coins ?? coinsAfter
  const total = gift === null ? 0n : BigInt(gift.price) * BigInt(quantity)
  const amount = (value: bigint | string) => formatAmount(String(value), i18n.language)
  const missing = coins === null ? 0n : total - BigInt(coins)
  const locked = gift !== null && gift.guardsOnly && !mayGuard
  const ready = gift !== null && live && !locked && quantity > 0 && sender.state === 'idle'

  const send = (sure: boolean) => {
    if (gift === null || !ready) return
    if (missing > 0n) return setRecharging(String(missing))
    if (!sure && total >= GIFT_CONFIRM_FROM && !unasked()) return setAsking(true)
    setAsking(false)
    sender.send({ gift, quantity })
  }
  const code = sender.failure === null ? null : RequestFailed.from(sender.failure.error).code
  const sure = sender.combo !== null && sender.combo.gift.id === gift?.id && sender.combo.quantity === quantity

  return (
    <div className={styles.foot}>
      {!live ? (
        <p className={styles.note} data-testid="gift-offline">
          {t('gifts.offline')}
        </p>
      ) : locked ? (
        <p className={styles.note}>
          {t('gifts.needsGuard')} <Link to={`/guard/${channel}?next=${encodeURIComponent(pathname)}`}>{t('gifts.becomeGuard')}</Link>
        </p>
      ) : sender.state === 'pending' ? (
        <p className={styles.note} role="status" data-testid="gift-pending">
          {t('gifts.pending')}
        </p>
      ) : null}
      {sender.failure === null ? null : (
        <p className={`${styles.note} ${styles.bad}`} role="alert" data-testid="gift-failure" data-code={code}>
          {code === 'insufficient-funds' ? t('gifts.tooFew') : failureText(sender.failure.error)}{' '}
          {code === 'insufficient-funds' ? (
            <button type="button" onClick={() => setRecharging(missing > 0n ? String(missing) : null)}>
              {t('gifts.recharge')}
            </button>
          ) : code === 'price-changed' || code === 'off-sale' || code === 'gift-not-found' ? (
            <button
              type="button"
              onClick={() => {
                sender.forget()
                onPriceChanged()
              }}
            >
              {t('gifts.refresh')}
            </button>
          ) : (
            <button type="button" onClick={sender.forget}>
              {t('gifts.understood')}
            </button>
          )}
        </p>
      )}
      {asking && gift !== null ? (
        <div className={styles.ask} role="alertdialog" aria-label={t('gifts.confirmTitle')} data-testid="gift-confirm">
          <p>{t('gifts.confirm', { quantity, gift: giftName(gift.name, i18n.language), total: amount(total) })}</p>
          <label>
            <input type="checkbox" onChange={(event) => sessionStorage.setItem(SURE_KEY, event.target.checked ? '1' : '0')} data-testid="gift-unasked" />
            {t('gifts.unasked')}
          </label>
          <div>
            <Button kind="quiet" onClick={() => setAsking(false)}>
              {t('app.cancel')}
            </Button>
            <Button kind="primary" onClick={() => send(true)} autoFocus data-testid="gift-confirm-send">
              {t('gifts.send')}
            </Button>
          </div>
        </div>
      ) : (
        <>
          <QuantityPicker value={quantity} onChange={setQuantity} />
          <div className={styles.pay}>
            <div className={styles.balance}>
              <span data-testid="gift-balance" data-coins={coins ?? ''}>
                {coins === null ? '…' : <MoneyText amount={coins} currency="coin" size={15} />}
              </span>
              <button type="button" onClick={() => setRecharging(missing > 0n ? String(missing) : null)} data-testid="gift-recharge">
                {t('gifts.recharge')}
              </button>
            </div>
            <span className={styles.total} data-testid="gift-total">
              {gift === null ? t('gifts.choose') : missing > 0n ? t('gifts.missing', { coins: amount(missing) }) : t('gifts.total', { coins: amount(total) })}
            </span>
            {sure && sender.combo !== null ? (
              <ComboButton combo={sender.combo} busy={sender.state !== 'idle'} onClick={() => send(true)} />
            ) : (
              <Button kind="primary" disabled={!ready && sender.state === 'idle'} busy={sender.state !== 'idle'} onClick={() => send(false)} data-testid="gift-send">
                {t('gifts.send')}
              </Button>
            )}
          </div>
        </>
      )}
      {recharging === false ? null : (
        <Suspense>
          <RechargeDialog
            {...(recharging === null ? {} : { need: recharging })}
            onClose={() => setRecharging(false)}
            onCredited={() => {
              sender.forget()
              wallet.reload()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
