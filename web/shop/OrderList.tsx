// What the reader ordered: how far it has come, and what was delivered.
import { Package } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { goodsOrderStates } from '../../server/contract/shop.ts'
import type { GoodsOrderView } from '../../server/contract/shop.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { usePages } from '../moderation/usePages.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { Delivered } from './Delivered.tsx'
import { GoodsPicture } from './GoodsPicture.tsx'
import styles from './OrderList.module.css'
import { shopApi } from './shopApi.ts'
import { wordsOf } from './wordsOf.ts'

const way = goodsOrderStates.filter((state) => state !== 'cancelled')

/** The four stops of a parcel, those behind it filled. */
function Way({ state }: { readonly state: GoodsOrderView['state'] }) {
  const { t } = useTranslation()
  const at = way.findIndex((stop) => stop === state)
  return (
    <ol className={styles.way}>
      {way.map((stop, index) => (
        <li key={stop} data-reached={index <= at || undefined} aria-current={index === at ? 'step' : undefined}>
          {t(`shop.state.${stop}`)}
        </li>
      ))}
    </ol>
  )
}

function OrderItem({ order }: { readonly order: GoodsOrderView }) {
  const { t, i18n } = useTranslation()
  const { kind, state, address, tracking } = order
  return (
    <li className={styles.order} data-testid="goods-order" data-state={state}>
      <div className={styles.head}>
        <span className={styles.picture}>
          <GoodsPicture kind={kind} url={order.pictureUrl} />
        </span>
        <div className={styles.words}>
          <b>
            {order.quantity > 1 ? `${t('shop.pieces', { count: order.quantity })} ` : ''}
            {wordsOf(order.name, i18n.language)}
          </b>
          <small>
            {formatWhen(order.at, i18n.language)} · {t('shop.order', { id: order.id })}
          </small>
        </div>
        <div className={styles.side}>
          <MoneyText amount={order.total} currency="coin" />
          <span className={styles.state} data-state={state}>
            {t(`shop.state.${state}`)}
          </span>
        </div>
      </div>
      {kind === 'physical' && state !== 'cancelled' ? <Way state={state} /> : null}
      {state === 'cancelled' ? <p className={styles.note}>{t('shop.reason', { reason: order.reason })}</p> : <Delivered items={order.delivered} />}
      {tracking === '' ? null : (
        <p className={styles.note}>
          {t('shop.tracking')}: <b>{tracking}</b>
        </p>
      )}
      {address === null ? null : (
        <p className={styles.note}>
          {t('shop.to')}: {[address.name, address.phone, address.street, address.city, address.region, address.postcode, address.country].filter((part) => part !== '').join(', ')}
        </p>
      )}
    </li>
  )
}

function OwnOrders() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { items, failure, more, loading, reload } = usePages('goods orders', async (before) => {
    const { orders, next } = await shopApi.orders(before)
    return { items: orders, next }
  })
  if (items === null) return failure === null ? <div className={`skeleton ${styles.wait}`} role="status" aria-label={t('app.loading')} /> : <MessageBox tone="bad" title={failureText(failure)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
  if (items.length === 0) return <MessageBox title={t('shop.ordersNone')} icon={<Package size={28} aria-hidden="true" />} actions={<ButtonLink to="/shop">{t('shop.toShelf')}</ButtonLink>} />
  return (
    <>
      <ul className={styles.list}>
        {items.map((order) => (
          <OrderItem key={order.id} order={order} />
        ))}
      </ul>
      {more === null ? null : (
        <Button busy={loading} onClick={more}>
          {t('shop.showMore')}
        </Button>
      )}
    </>
  )
}

/** @param loggedIn null: not known yet */
export function OrderList({ loggedIn }: { readonly loggedIn: boolean | null }) {
  const { t } = useTranslation()
  if (loggedIn === null) return null
  return loggedIn ? <OwnOrders /> : <MessageBox title={t('shop.ordersLogIn')} icon={<Package size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to={`/login?next=${encodeURIComponent('/shop?show=orders')}`}>{t('app.logIn')}</ButtonLink>} />
}
