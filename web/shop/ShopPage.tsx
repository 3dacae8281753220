// `/shop`: goods for coins, coins for beans, and what was ordered.
import { Suspense, useState } from 'react'
import { Plus, ShoppingBag, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { GoodsView } from '../../server/contract/shop.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { lazyPart } from '../client/lazyPart.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { ExchangeCard } from './ExchangeCard.tsx'
import { GoodsCard } from './GoodsCard.tsx'
import { GoodsSheet } from './GoodsSheet.tsx'
import { OrderList } from './OrderList.tsx'
import styles from './ShopPage.module.css'
import { shopApi } from './shopApi.ts'

const RechargeDialog = lazyPart(() => import('../recharge/RechargeDialog.tsx').then((dialog) => ({ default: dialog.RechargeDialog })))

const tabs = ['goods', 'orders', 'exchange'] as const
const REFRESH_MS = 30_000

export function ShopPage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me } = useSession()
  const [params] = useSearchParams()
  const tab = tabs.find((name) => name === params.get('show')) ?? 'goods'
  const [opened, setOpened] = useState<GoodsView | null>(null)
  const [recharging, setRecharging] = useState(false)
  const { data, error, loading, reload } = useResource(`shop:${me?.user?.id ?? ''}`, (signal) => shopApi.view(signal), { everyMs: REFRESH_MS })
  return (
    <div className={styles.page}>
      <title>{`${t('shop.title')} · Footlight`}</title>
      <header className={styles.head}>
        <div>
          <h1>{t('shop.title')}</h1>
          <p>{t('shop.lead')}</p>
        </div>
        {data?.me == null ? null : (
          <div className={styles.balance} data-testid="shop-coins" data-coins={data.me.coins}>
            <small>{t('shop.coins')}</small>
            <b>
              <MoneyText amount={data.me.coins} currency="coin" size={20} />
            </b>
            <button type="button" onClick={() => setRecharging(true)} title={t('shop.recharge')} aria-label={t('shop.recharge')}>
              <Plus size={18} aria-hidden="true" />
            </button>
          </div>
        )}
      </header>
      <nav className={styles.tabs} aria-label={t('shop.title')}>
        {tabs.map((name) => (
          <Link key={name} to={name === 'goods' ? '/shop' : `/shop?show=${name}`} replace aria-current={name === tab ? 'page' : undefined} data-testid={`shop-tab-${name}`}>
            {t(`shop.tab.${name}`)}
          </Link>
        ))}
      </nav>
      {tab === 'orders' ? (
        <OrderList loggedIn={me === null ? null : me.user !== null} />
      ) : data === null ? (
        error === null ? (
          <div className={styles.shelf} role="status" aria-label={t('app.loading')}>
            {Array.from({ length: 4 }, (_none, index) => (
              <span key={index} className={`skeleton ${styles.wait}`} />
            ))}
          </div>
        ) : (
          <MessageBox tone="bad" title={failureText(error)} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>} />
        )
      ) : tab === 'exchange' ? (
        <ExchangeCard rate={data.rate} beans={data.me?.beans ?? null} onDone={reload} />
      ) : data.goods.length === 0 ? (
        <MessageBox title={t('shop.emptyTitle')} icon={<ShoppingBag size={28} aria-hidden="true" />}>
          {t('shop.emptyBody')}
        </MessageBox>
      ) : (
        <div className={styles.shelf}>
          {data.goods.map((goods) => (
            <GoodsCard key={goods.id} goods={goods} onOpen={() => setOpened(goods)} />
          ))}
        </div>
      )}
      {opened === null ? null : <GoodsSheet goods={data?.goods.find(({ id }) => id === opened.id) ?? opened} coins={data?.me?.coins ?? null} onBought={reload} onRecharge={() => setRecharging(true)} onClose={() => setOpened(null)} />}
      {recharging ? (
        <Suspense>
          <RechargeDialog onCredited={reload} onClose={() => setRecharging(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
