// Which orders an operator looks for: whose, in which state, by whom paid, when.
import { DatePicker, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { orderStates, paymentProviders } from '../../../server/contract/recharge.ts'
import type { OrderFilter } from './rechargeDeskApi.ts'
import styles from './Recharge.module.css'

export const noFilter: OrderFilter = { user: '', order: '', state: null, provider: null, from: '', to: '' }

type Props = { readonly filter: OrderFilter; readonly onChange: (filter: OrderFilter) => void }

export function OrderFilters({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const set = (change: Partial<OrderFilter>) => onChange({ ...filter, ...change })
  return (
    <div className={styles.filters}>
      <Input.Search placeholder={t('recharge.admin.user')} aria-label={t('recharge.admin.user')} defaultValue={filter.user} allowClear onSearch={(user) => set({ user: user.trim().replace(/^@/, '').toLowerCase() })} />
      <Input.Search placeholder={t('recharge.number')} aria-label={t('recharge.number')} defaultValue={filter.order} allowClear onSearch={(order) => set({ order: order.trim() })} />
      <Select placeholder={t('recharge.admin.state')} aria-label={t('recharge.admin.state')} value={filter.state} allowClear onChange={(state) => set({ state: state ?? null })} options={orderStates.map((value) => ({ value, label: t(`wallet.orderState.${value}`) }))} />
      <Select placeholder={t('recharge.admin.provider')} aria-label={t('recharge.admin.provider')} value={filter.provider} allowClear onChange={(provider) => set({ provider: provider ?? null })} options={paymentProviders.map((value) => ({ value, label: t(`recharge.admin.providerName.${value}`) }))} />
      <DatePicker.RangePicker
        className={styles.dates}
        aria-label={t('recharge.orderedAt')}
        onChange={(dates) => set({ from: dates?.[0]?.startOf('day').toISOString() ?? '', to: dates?.[1]?.endOf('day').toISOString() ?? '' })}
      />
    </div>
  )
}
