// Orders of goods: what is to be packed and sent, and what is paid back.
import { useState } from 'react'
import { Button, Input, Modal, Select, Space, Tag } from 'antd'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { goodsOrderStates, mayCancelGoods, nextGoodsStep } from '../../../server/contract/shop.ts'
import type { AdminGoodsOrder, GoodsOrderState } from '../../../server/contract/shop.ts'
import { formatAmount } from '../../i18n/formatMoney.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { usePages } from '../../moderation/usePages.ts'
import { wordsOf } from '../../shop/wordsOf.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { KeysetTable } from '../shell/KeysetTable.tsx'
import { useAct } from '../shell/useAct.ts'
import styles from './Goods.module.css'
import { goodsAdminApi } from './goodsAdminApi.ts'

const colors: Readonly<Record<GoodsOrderState, string>> = { paid: 'gold', packed: 'blue', sent: 'cyan', done: 'success', cancelled: 'default' }
/** What is asked before it is done. */
type Asking = { readonly what: 'send' | 'cancel'; readonly order: AdminGoodsOrder }

export function GoodsOrders() {
  const { t, i18n } = useTranslation()
  const { busy, act } = useAct()
  const [state, setState] = useState<GoodsOrderState | 'all'>('paid')
  const [asking, setAsking] = useState<Asking | null>(null)
  const [words, setWords] = useState('')
  const pages = usePages(`goods orders:${state}`, async (before) => {
    const { orders, next } = await goodsAdminApi.orders({ state: state === 'all' ? null : state, before })
    return { items: orders, next }
  })
  const ask = (next: Asking) => {
    setWords('')
    setAsking(next)
  }
  const go = async (order: AdminGoodsOrder, tracking = '') => {
    const to = nextGoodsStep(order.state)
    if (to !== null && (await act(() => goodsAdminApi.step(order.id, { from: order.state, to, tracking }), t('shop.admin.stepDone')))) setAsking(null)
    pages.reload()
  }
  const cancel = async (order: AdminGoodsOrder) => {
    if (await act(() => goodsAdminApi.cancel(order.id, words.trim()), t('shop.admin.cancelDone'))) setAsking(null)
    pages.reload()
  }
  const columns: TableColumnsType<AdminGoodsOrder> = [
    { key: 'at', title: t('shop.admin.when'), render: (_none, { at }) => formatWhen(at, i18n.language) },
    { key: 'buyer', title: t('shop.admin.buyer'), render: (_none, { buyer }) => buyer?.displayName ?? t('shop.admin.buyerGone') },
    { key: 'goods', title: t('shop.admin.goods'), render: (_none, { name, quantity }) => `${quantity} × ${wordsOf(name, i18n.language)}` },
    { key: 'total', title: t('shop.total'), align: 'right', render: (_none, { total }) => <AmountText amount={total} currency="coin" /> },
    { key: 'state', title: t('shop.admin.state'), render: (_none, order) => <Tag color={colors[order.state]}>{t(`shop.state.${order.state}`)}</Tag> },
    {
      key: 'acts',
      align: 'right',
      render: (_none, order) => {
        const next = nextGoodsStep(order.state)
        return (
          <Space>
            {next === null ? null : (
              <Button size="small" type="primary" disabled={busy} onClick={() => (next === 'sent' ? ask({ what: 'send', order }) : void go(order))} data-testid={`goods-order-${next}`}>
                {t(`shop.admin.step.${next}`)}
              </Button>
            )}
            {mayCancelGoods(order.state) ? (
              <Button size="small" danger disabled={busy} onClick={() => ask({ what: 'cancel', order })} data-testid="goods-order-cancel">
                {t('shop.admin.cancel')}
              </Button>
            ) : null}
          </Space>
        )
      },
    },
  ]
  const details = ({ id, address, tracking, reason }: AdminGoodsOrder) => (
    <>
      <p>{t('shop.order', { id })}</p>
      <p>
        {t('shop.admin.address')}: {address === null ? t('shop.admin.noAddress') : [address.name, address.phone, address.street, address.city, address.region, address.postcode, address.country].filter((part) => part !== '').join(', ')}
      </p>
      {tracking === '' ? null : (
        <p>
          {t('shop.admin.tracking')}: {tracking}
        </p>
      )}
      {reason === '' ? null : <p>{t('shop.reason', { reason })}</p>}
    </>
  )
  return (
    <>
      <Select value={state} onChange={setState} style={{ width: 180 }} options={[{ value: 'all' as const, label: t('shop.admin.stateAll') }, ...goodsOrderStates.map((value) => ({ value, label: t(`shop.state.${value}`) }))]} data-testid="goods-orders-state" />
      <KeysetTable<AdminGoodsOrder> rowKey="id" columns={columns} pages={pages} empty={t('shop.admin.noOrders')} expandable={{ expandedRowRender: details }} testId="goods-orders" />
      <Modal open={asking?.what === 'send'} title={t('shop.admin.trackingTitle')} okText={t('shop.admin.step.sent')} cancelText={t('app.cancel')} confirmLoading={busy} onCancel={() => setAsking(null)} onOk={() => asking && void go(asking.order, words.trim())}>
        <Input value={words} maxLength={100} placeholder={t('shop.admin.tracking')} aria-label={t('shop.admin.tracking')} onChange={(event) => setWords(event.target.value)} data-testid="goods-tracking" />
      </Modal>
      <Modal open={asking?.what === 'cancel'} title={t('shop.admin.cancelTitle')} okText={t('shop.admin.cancel')} okButtonProps={{ danger: true, disabled: words.trim() === '' }} cancelText={t('app.cancel')} confirmLoading={busy} onCancel={() => setAsking(null)} onOk={() => asking && void cancel(asking.order)}>
        <p className={styles.note}>{asking === null ? '' : t('shop.admin.cancelLead', { coins: formatAmount(asking.order.total, i18n.language) })}</p>
        <Input value={words} maxLength={200} placeholder={t('shop.admin.cancelReason')} aria-label={t('shop.admin.cancelReason')} onChange={(event) => setWords(event.target.value)} data-testid="goods-reason" />
      </Modal>
    </>
  )
}
