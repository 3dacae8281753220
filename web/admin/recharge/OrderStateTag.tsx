// The state of an order in its colour; a part that was paid back is said beside it.
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminOrderView, OrderState } from '../../../server/contract/recharge.ts'

const colours: Readonly<Record<OrderState, string>> = { created: 'default', pending: 'gold', paid: 'blue', credited: 'green', refunded: 'default', expired: 'default' }

export function OrderStateTag({ order: { state, refunded } }: { readonly order: Pick<AdminOrderView, 'state' | 'refunded'> }) {
  const { t } = useTranslation()
  return (
    <>
      <Tag color={colours[state]}>{t(`wallet.orderState.${state}`)}</Tag>
      {state === 'credited' && refunded !== '0' ? <Tag>{t('recharge.admin.partly')}</Tag> : null}
    </>
  )
}
