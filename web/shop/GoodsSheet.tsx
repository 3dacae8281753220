// Buying one thing: how many, where to, and what one got.
import { useState } from 'react'
import type { FormEvent } from 'react'
import { ArrowLeft, Minus, PartyPopper, Plus, Wallet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addressSchema, GOODS_MAX_QUANTITY } from '../../server/contract/shop.ts'
import type { Address, GoodsOrderView, GoodsView } from '../../server/contract/shop.ts'
import type { Amount } from '../../server/contract/money.ts'
import { usePayKey } from '../guard/usePayKey.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Sheet } from '../moderation/Sheet.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { AddressFields } from './AddressFields.tsx'
import { Delivered } from './Delivered.tsx'
import { GoodsPicture } from './GoodsPicture.tsx'
import styles from './GoodsSheet.module.css'
import { shopApi } from './shopApi.ts'
import { wordsOf } from './wordsOf.ts'

type Props = {
  readonly goods: GoodsView
  /** Null: not logged in. */
  readonly coins: Amount | null
  readonly onBought: () => void
  readonly onRecharge: () => void
  readonly onClose: () => void
}

export function GoodsSheet({ goods, coins, onBought, onRecharge, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const payOnce = usePayKey()
  const [quantity, setQuantity] = useState(1)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [order, setOrder] = useState<GoodsOrderView | null>(null)
  const { id, kind, left, perPerson, bought } = goods
  const name = wordsOf(goods.name, i18n.language)
  const most = Math.min(GOODS_MAX_QUANTITY, left ?? GOODS_MAX_QUANTITY, perPerson === null ? GOODS_MAX_QUANTITY : Math.max(0, perPerson - bought))
  const total = BigInt(goods.price) * BigInt(quantity)
  const missing = coins === null ? 0n : total - BigInt(coins)
  const amount = (value: bigint) => formatAmount(String(value), i18n.language)

  const pay = async (address?: Address) => {
    setBusy(true)
    setProblem(null)
    try {
      const what = { quantity, price: goods.price, ...(address === undefined ? {} : { address }) }
      const answer = await payOnce(JSON.stringify([id, what]), (key) => shopApi.buy(id, { ...what, key }))
      setOrder(answer.order)
      onBought()
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
    setBusy(false)
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const address = addressSchema.safeParse(Object.fromEntries(new FormData(event.currentTarget)))
    if (address.success) void pay(address.data)
  }

  if (order !== null)
    return (
      <Sheet label={name} onClose={onClose} testId="goods-sheet">
        <div className={styles.done} data-testid="goods-bought">
          <PartyPopper size={44} aria-hidden="true" />
          <h2>{t('shop.bought')}</h2>
          <p>{order.kind === 'physical' ? t('shop.boughtParcel') : t('shop.boughtCode')}</p>
          <Delivered items={order.delivered} />
        </div>
        <ButtonLink kind="primary" wide to="/shop?show=orders" onClick={onClose} data-testid="goods-to-orders">
          {t('shop.toOrders')}
        </ButtonLink>
      </Sheet>
    )

  const payButton = (submit: boolean) => (
    <Button kind="primary" wide busy={busy} type={submit ? 'submit' : 'button'} onClick={submit ? undefined : () => void pay()} data-testid="goods-pay">
      {t('shop.pay', { amount: amount(total) })}
    </Button>
  )
  return (
    <Sheet label={name} onClose={onClose} testId="goods-sheet">
      {asking ? (
        <form className={styles.form} onSubmit={send}>
          <button type="button" className={styles.back} onClick={() => setAsking(false)}>
            <ArrowLeft size={18} aria-hidden="true" />
            {t('shop.back')}
          </button>
          <h2>{t('shop.address.title')}</h2>
          <p className={styles.note}>{t('shop.address.lead')}</p>
          <AddressFields />
          {problem === null ? null : (
            <p role="alert" className={styles.problem}>
              {problem}
            </p>
          )}
          {payButton(true)}
        </form>
      ) : (
        <>
          <div className={styles.picture}>
            <GoodsPicture kind={kind} url={goods.pictureUrl} />
          </div>
          <h2>{name}</h2>
          <p className={styles.text}>{wordsOf(goods.text, i18n.language)}</p>
          <p className={styles.note}>
            {t(kind === 'physical' ? 'shop.physical' : 'shop.digital')}
            {left === null ? '' : ` · ${left === 0 ? t('shop.soldOut') : t('shop.left', { count: left })}`}
            {perPerson === null ? '' : ` · ${t('shop.perPerson', { count: perPerson })}`}
          </p>
          {most === 0 ? (
            <p className={styles.problem}>{t(left === 0 ? 'shop.soldOut' : 'shop.limitUsed')}</p>
          ) : (
            <>
              <div className={styles.count}>
                <span>{t('shop.quantity')}</span>
                <span className={styles.stepper}>
                  <button type="button" onClick={() => setQuantity(Math.max(1, quantity - 1))} disabled={quantity <= 1} aria-label={t('shop.less')}>
                    <Minus size={18} aria-hidden="true" />
                  </button>
                  <output data-testid="goods-quantity">{quantity}</output>
                  <button type="button" onClick={() => setQuantity(Math.min(most, quantity + 1))} disabled={quantity >= most} aria-label={t('shop.more')} data-testid="goods-more">
                    <Plus size={18} aria-hidden="true" />
                  </button>
                </span>
              </div>
              <div className={styles.count}>
                <span>{t('shop.total')}</span>
                <b>
                  <MoneyText amount={String(total)} currency="coin" size={20} />
                </b>
              </div>
              {problem === null ? null : (
                <p role="alert" className={styles.problem}>
                  {problem}
                </p>
              )}
              {coins === null ? (
                <ButtonLink kind="primary" wide to={`/login?next=${encodeURIComponent('/shop')}`}>
                  {t('shop.logIn')}
                </ButtonLink>
              ) : missing > 0n ? (
                <>
                  <p className={styles.problem}>{t('shop.missing', { amount: amount(missing) })}</p>
                  <Button kind="primary" wide icon={<Wallet aria-hidden="true" />} onClick={onRecharge}>
                    {t('shop.recharge')}
                  </Button>
                </>
              ) : kind === 'physical' ? (
                <Button kind="primary" wide onClick={() => setAsking(true)} data-testid="goods-next">
                  {t('shop.next')}
                </Button>
              ) : (
                payButton(false)
              )}
            </>
          )}
        </>
      )}
    </Sheet>
  )
}
