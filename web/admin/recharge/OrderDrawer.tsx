// One order in full: what it was, what was told of it, what was paid back, and what may be done.
import { useState } from 'react'
import { Alert, Button, Descriptions, Drawer, Flex, Skeleton, Tag, Tooltip, Typography } from 'antd'
import { RefreshCw, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AdminOrderDetail } from '../../../server/contract/recharge.ts'
import { useResource } from '../../client/useResource.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { useAct } from '../shell/useAct.ts'
import { OrderStateTag } from './OrderStateTag.tsx'
import { PaymentEvents } from './PaymentEvents.tsx'
import { rechargeDeskApi } from './rechargeDeskApi.ts'
import styles from './Recharge.module.css'
import { RefundDialog } from './RefundDialog.tsx'

type Props = { readonly id: string | null; readonly onClose: () => void; readonly onChanged: () => void }

export function OrderDrawer({ id, onClose, onChanged }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer open={id !== null} onClose={onClose} title={t('recharge.order')} size="large" destroyOnHidden>
      {id === null ? null : <Detail key={id} id={id} onChanged={onChanged} />}
    </Drawer>
  )
}

function Detail({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { busy, act } = useAct()
  const { data, error, reload, replace } = useResource(`admin order ${id}`, (signal) => rechargeDeskApi.order(id, signal))
  const [refunding, setRefunding] = useState(false)
  if (data === null) return error === null ? <Skeleton active /> : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />

  const { order } = data
  const changed = (detail: AdminOrderDetail) => {
    replace(detail)
    onChanged()
  }
  const ask = () => act(async () => changed(await rechargeDeskApi.ask(id)), t('recharge.admin.asked'))
  const refundable = order.paidAt !== null && order.state !== 'refunded'
  return (
    <div className={styles.parts} data-testid="order-detail" data-state={order.state}>
      <div className={styles.head}>
        <div>
          <div className={styles.sum}>
            <AmountText amount={order.price} currency={order.currency} />
          </div>
          {order.user === null ? t('recharge.admin.gone') : <Link to={`/u/${order.user.name}`}>{`${order.user.displayName} @${order.user.name}`}</Link>}
        </div>
        <div>
          <OrderStateTag order={order} />
        </div>
      </div>
      <Flex gap={8} wrap>
        <Tooltip title={t('recharge.admin.askHint')}>
          <Button icon={<RefreshCw size={16} aria-hidden="true" />} loading={busy} onClick={() => void ask()} data-testid="ask">
            {t('recharge.admin.ask')}
          </Button>
        </Tooltip>
        {refundable ? (
          <Button danger icon={<Undo2 size={16} aria-hidden="true" />} onClick={() => setRefunding(true)} data-testid="refund">
            {t('recharge.admin.refund')}
          </Button>
        ) : null}
      </Flex>
      {order.lostCoins === '0' ? null : <Alert type="error" showIcon title={t('recharge.admin.lost')} description={<AmountText amount={order.lostCoins} currency="coin" />} />}
      <Facts detail={data} />
      <section>
        <h3>{t('recharge.admin.refunds')}</h3>
        <Refunds detail={data} />
      </section>
      <section>
        <h3>{t('recharge.admin.events')}</h3>
        <PaymentEvents events={data.events} />
      </section>
      {refunding ? (
        <RefundDialog
          order={order}
          onClose={() => setRefunding(false)}
          onRefunded={(detail) => {
            setRefunding(false)
            changed(detail)
          }}
        />
      ) : null}
    </div>
  )
}

function Facts({ detail: { order } }: { readonly detail: AdminOrderDetail }) {
  const { t, i18n } = useTranslation()
  const when = (at: string | null) => (at === null ? '–' : formatWhen(at, i18n.language))
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      items={[
        { key: 'id', label: t('recharge.number'), children: <Typography.Text copyable>{order.id}</Typography.Text> },
        { key: 'coins', label: t('recharge.coins'), children: <AmountText amount={order.coins} currency="coin" /> },
        { key: 'bonus', label: t('recharge.admin.bonus'), children: <AmountText amount={order.bonus} currency="coin" /> },
        { key: 'refunded', label: t('recharge.refunded'), children: <AmountText amount={order.refunded} currency={order.currency} /> },
        { key: 'provider', label: t('recharge.admin.provider'), children: t(`recharge.admin.providerName.${order.provider}`) },
        { key: 'payment', label: t('recharge.admin.paymentId'), children: order.paymentId === null ? '–' : <Typography.Text copyable>{order.paymentId}</Typography.Text> },
        { key: 'created', label: t('recharge.orderedAt'), children: when(order.createdAt) },
        { key: 'paid', label: t('recharge.admin.paidAt'), children: when(order.paidAt) },
        { key: 'credited', label: t('recharge.admin.creditedAt'), children: when(order.creditedAt) },
      ]}
    />
  )
}

function Refunds({ detail: { order, refunds } }: { readonly detail: AdminOrderDetail }) {
  const { t, i18n } = useTranslation()
  if (refunds.length === 0) return <p className={styles.muted}>{t('recharge.admin.noRefunds')}</p>
  return (
    <ul className={styles.lines}>
      {refunds.map(({ id, at, amount, reason, state, by }) => (
        <li key={id}>
          <b>
            <AmountText amount={amount} currency={order.currency} />
          </b>
          <span>
            <Tag color={state === 'done' ? 'green' : 'gold'}>{t(state === 'done' ? 'recharge.admin.refundDone' : 'recharge.admin.refundUnderWay')}</Tag>
          </span>
          <small>
            {formatWhen(at, i18n.language)} · {by?.displayName ?? '–'} · {reason}
          </small>
        </li>
      ))}
    </ul>
  )
}
