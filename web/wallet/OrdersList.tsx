// The orders of coins one has made, each leading to its page.
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OrderView } from '../../server/contract/recharge.ts'
import { formatMoney } from '../i18n/formatMoney.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { PageFoot } from '../moderation/PageFoot.tsx'
import { usePages } from '../moderation/usePages.ts'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './WalletList.module.css'
import { walletApi } from './walletApi.ts'

export function OrdersList() {
  const { t, i18n } = useTranslation()
  const pages = usePages<OrderView>('orders', async (before) => {
    const { orders, next } = await walletApi.orders(before)
    return { items: orders, next }
  })
  return (
    <div className={styles.list} data-testid="wallet-orders">
      {pages.items === null || pages.items.length === 0 ? null : (
        <ul>
          {pages.items.map(({ id, state, currency, price, coins, bonus, createdAt }) => (
            <li key={id}>
              <Link to={`/recharge/${id}`} className={styles.line} data-testid="wallet-order" data-state={state}>
                <div className={styles.what}>
                  <b>
                    <MoneyText amount={String(BigInt(coins) + BigInt(bonus))} currency="coin" />
                  </b>
                  <small>
                    <time dateTime={createdAt}>{formatWhen(createdAt, i18n.language)}</time>
                  </small>
                </div>
                <div className={styles.how}>
                  <b>{formatMoney(price, currency, i18n.language)}</b>
                  <small data-state={state}>{t(`wallet.orderState.${state}`)}</small>
                </div>
                <ChevronRight size={18} aria-hidden="true" className={styles.arrow} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <PageFoot pages={pages} empty={t('wallet.noOrders')} />
    </div>
  )
}
