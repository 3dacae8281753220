// The back office: recharge orders, and refunds.
import { useState } from 'react'
import { Alert, Button, Drawer } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AdminOrderView } from '../../server/contract/recharge.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { usePages } from '../moderation/usePages.ts'
import { OrderDrawer } from './recharge/OrderDrawer.tsx'
import { noFilter, OrderFilters } from './recharge/OrderFilters.tsx'
import { OrderStateTag } from './recharge/OrderStateTag.tsx'
import { PaymentEvents } from './recharge/PaymentEvents.tsx'
import { rechargeDeskApi } from './recharge/rechargeDeskApi.ts'
import styles from './recharge/Recharge.module.css'
import { AdminSection } from './shell/AdminSection.tsx'
import { AmountText } from './shell/AmountText.tsx'
import { KeysetTable } from './shell/KeysetTable.tsx'
import { useResource } from '../client/useResource.ts'

export function OrdersAdmin() {
  const { t, i18n } = useTranslation()
  const [params, setParams] = useSearchParams()
  const [filter, setFilter] = useState({ ...noFilter, order: params.get('order') ?? '' })
  const [suspicious, setSuspicious] = useState(0)
  const [looking, setLooking] = useState(false)
  const open = params.get('open')
  const pages = usePages<AdminOrderView>(`orders ${JSON.stringify(filter)}`, async (before) => {
    const page = await rechargeDeskApi.orders(filter, before)
    setSuspicious(page.suspicious)
    return { items: page.orders, next: page.next }
  })
  const show = (id: string | null) => setParams(id === null ? {} : { open: id }, { replace: true })
  const columns: TableProps<AdminOrderView>['columns'] = [
    { title: t('recharge.orderedAt'), key: 'at', render: (_value, { createdAt, id }) => <span className={styles.person}>{formatWhen(createdAt, i18n.language)}<small>{id}</small></span> },
    { title: t('recharge.admin.user'), key: 'user', render: (_value, { user }) => (user === null ? <span className={styles.muted}>{t('recharge.admin.gone')}</span> : <span className={styles.person}>{user.displayName}<small>@{user.name}</small></span>) },
    { title: t('recharge.price'), key: 'price', align: 'right', render: (_value, { price, currency }) => <b><AmountText amount={price} currency={currency} /></b> },
    { title: t('recharge.coins'), key: 'coins', align: 'right', render: (_value, { coins, bonus }) => <AmountText amount={String(BigInt(coins) + BigInt(bonus))} currency="coin" /> },
    { title: t('recharge.admin.provider'), key: 'provider', render: (_value, { provider }) => t(`recharge.admin.providerName.${provider}`) },
    {
      title: t('recharge.admin.state'),
      key: 'state',
      render: (_value, order) => (
        <>
          <OrderStateTag order={order} />
          {order.suspicious === 0 ? null : <span className={styles.suspicious}>{t('recharge.admin.suspiciousCount', { count: order.suspicious })}</span>}
        </>
      ),
    },
  ]
  return (
    <AdminSection title={t('admin.section.orders')} lead={t('recharge.admin.ordersLead')} testId="orders-admin">
      {suspicious === 0 ? null : (
        <Alert type="warning" showIcon title={t('recharge.admin.suspiciousLately', { count: suspicious })} action={<Button size="small" onClick={() => setLooking(true)}>{t('recharge.admin.look')}</Button>} data-testid="suspicious" />
      )}
      <OrderFilters filter={filter} onChange={setFilter} />
      <KeysetTable<AdminOrderView> pages={pages} empty={t('recharge.admin.noOrders')} rowKey="id" columns={columns} size="middle" onRow={({ id }) => ({ onClick: () => show(id), className: styles.row })} testId="orders-table" />
      <OrderDrawer id={open} onClose={() => show(null)} onChanged={pages.reload} />
      <Drawer open={looking} onClose={() => setLooking(false)} title={t('recharge.admin.suspicious')} size="large" destroyOnHidden>
        <SuspiciousNotices />
      </Drawer>
    </AdminSection>
  )
}

function SuspiciousNotices() {
  const { t } = useTranslation()
  const { data } = useResource('suspicious notices', (signal) => rechargeDeskApi.suspicious(signal))
  return (
    <div className={styles.parts}>
      <p className={styles.muted}>{t('recharge.admin.suspiciousHint')}</p>
      <PaymentEvents events={data ?? []} />
    </div>
  )
}
