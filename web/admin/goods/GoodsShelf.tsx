// What is on the shelf of the shop: add, change, give codes.
import { useState } from 'react'
import { Alert, Button, Empty, Space, Table, Tag } from 'antd'
import type { TableColumnsType } from 'antd'
import { KeyRound, Pencil, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AdminGoods } from '../../../server/contract/shop.ts'
import { useResource } from '../../client/useResource.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { GoodsPicture } from '../../shop/GoodsPicture.tsx'
import { wordsOf } from '../../shop/wordsOf.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { CodesDrawer } from './CodesDrawer.tsx'
import styles from './Goods.module.css'
import { GoodsDrawer } from './GoodsDrawer.tsx'
import { goodsAdminApi } from './goodsAdminApi.ts'

type Opened = { readonly what: 'edit'; readonly goods: AdminGoods | null } | { readonly what: 'codes'; readonly goods: AdminGoods }

export function GoodsShelf() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { data, error, loading, reload } = useResource('admin goods', (signal) => goodsAdminApi.list(signal))
  const [opened, setOpened] = useState<Opened | null>(null)
  const columns: TableColumnsType<AdminGoods> = [
    {
      key: 'name',
      title: t('shop.admin.goods'),
      render: (_none, goods) => (
        <span className={styles.goods}>
          <span className={styles.picture}>
            <GoodsPicture kind={goods.kind} url={goods.pictureUrl} />
          </span>
          <span>
            <b>{wordsOf(goods.name, i18n.language)}</b>
            <small>{t(`shop.admin.kind.${goods.kind}`)}</small>
          </span>
        </span>
      ),
    },
    { key: 'price', title: t('shop.admin.fields.price'), align: 'right', render: (_none, { price }) => <AmountText amount={price} currency="coin" /> },
    { key: 'stock', title: t('shop.admin.fields.stock'), align: 'right', render: (_none, { stock }) => (stock === null ? t('shop.admin.unlimited') : stock) },
    { key: 'sold', title: t('shop.admin.sold'), align: 'right', dataIndex: 'sold' },
    { key: 'onSale', title: t('shop.admin.state'), render: (_none, { onSale }) => (onSale ? <Tag color="success">{t('shop.admin.fields.onSale')}</Tag> : <Tag>{t('shop.admin.offSale')}</Tag>) },
    {
      key: 'acts',
      align: 'right',
      render: (_none, goods) => (
        <Space>
          {goods.kind === 'code' ? (
            <Button size="small" icon={<KeyRound size={14} />} onClick={() => setOpened({ what: 'codes', goods })} data-testid="goods-codes">
              {t('shop.admin.codes')}
            </Button>
          ) : null}
          <Button size="small" icon={<Pencil size={14} />} onClick={() => setOpened({ what: 'edit', goods })} data-testid="goods-edit">
            {t('shop.admin.edit')}
          </Button>
        </Space>
      ),
    },
  ]
  return (
    <>
      <div>
        <Button type="primary" icon={<Plus size={16} />} onClick={() => setOpened({ what: 'edit', goods: null })} data-testid="goods-add">
          {t('shop.admin.add')}
        </Button>
      </div>
      {error === null ? null : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />}
      <Table<AdminGoods> rowKey="id" columns={columns} dataSource={data ?? []} loading={data === null && loading} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('shop.admin.none')} /> }} />
      {opened?.what === 'edit' ? <GoodsDrawer goods={opened.goods} onSaved={(goods) => { setOpened({ what: 'edit', goods }); reload() }} onClose={() => setOpened(null)} /> : null}
      {opened?.what === 'codes' ? <CodesDrawer goods={opened.goods} onAdded={reload} onClose={() => setOpened(null)} /> : null}
    </>
  )
}
