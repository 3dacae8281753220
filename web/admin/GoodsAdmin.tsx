// The back office: the shop’s shelf and its orders.
import { useState } from 'react'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { GoodsOrders } from './goods/GoodsOrders.tsx'
import { GoodsShelf } from './goods/GoodsShelf.tsx'
import { AdminSection } from './shell/AdminSection.tsx'

const tabs = ['shelf', 'orders'] as const

export function GoodsAdmin() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<(typeof tabs)[number]>('shelf')
  return (
    <AdminSection
      title={t('shop.admin.title')}
      lead={t('shop.admin.lead')}
      actions={<Segmented value={tab} onChange={setTab} options={tabs.map((value) => ({ value, label: <span data-testid={`goods-admin-${value}`}>{t(`shop.admin.tab.${value}`)}</span> }))} />}
      testId="goods-admin"
    >
      {tab === 'shelf' ? <GoodsShelf /> : <GoodsOrders />}
    </AdminSection>
  )
}
