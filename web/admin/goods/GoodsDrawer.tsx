// The form of one kind of goods, and its picture.
import { useState } from 'react'
import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { goodsKinds } from '../../../server/contract/shop.ts'
import type { AdminGoods, GoodsDraft } from '../../../server/contract/shop.ts'
import { parseAmount } from '../../i18n/formatMoney.ts'
import { GoodsPicture } from '../../shop/GoodsPicture.tsx'
import { useAct } from '../shell/useAct.ts'
import styles from './Goods.module.css'
import { goodsAdminApi } from './goodsAdminApi.ts'

type Props = { readonly goods: AdminGoods | null; readonly onSaved: (goods: AdminGoods) => void; readonly onClose: () => void }

const blank: GoodsDraft = { kind: 'physical', name: { en: '', zhCN: '' }, text: { en: '', zhCN: '' }, price: '', stock: null, stockWas: null, perPerson: null, granted: '', onSale: false, place: 100 }

export function GoodsDrawer({ goods, onSaved, onClose }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<GoodsDraft>()
  const { busy, act } = useAct()
  const [picture, setPicture] = useState(goods?.pictureUrl ?? null)
  const kind = Form.useWatch('kind', form) ?? goods?.kind ?? blank.kind
  const from = goods === null ? blank : { ...goods, stockWas: goods.stock }

  const save = async (values: GoodsDraft) => {
    const draft = { ...from, ...values, stock: values.stock ?? null, perPerson: values.perPerson ?? null, price: parseAmount(values.price, 'coin') ?? values.price, stockWas: from.stockWas }
    await act(async () => onSaved(await goodsAdminApi.save(goods?.id ?? null, draft)), t('shop.admin.saved'))
  }
  const choose = async (file: File | undefined) => {
    if (file === undefined || goods === null) return
    await act(async () => {
      const saved = await goodsAdminApi.putPicture(goods.id, file)
      setPicture(saved.pictureUrl)
      onSaved(saved)
    }, t('shop.admin.pictureDone'))
  }

  const words = (name: 'name' | 'text', language: 'en' | 'zhCN', label: string) => (
    <Form.Item name={[name, language]} label={label} rules={name === 'name' ? [{ required: true, max: 60, whitespace: true }] : [{ max: 1000 }]}>
      {name === 'name' ? <Input maxLength={60} /> : <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />}
    </Form.Item>
  )
  return (
    <Drawer open size="large" title={goods === null ? t('shop.admin.add') : t('shop.admin.edit')} onClose={onClose} data-testid="goods-drawer">
      <Form form={form} key={goods?.id ?? 'new'} layout="vertical" initialValues={from} onFinish={(values) => void save(values)}>
        <Form.Item name="kind" label={t('shop.admin.fields.kind')}>
          <Select disabled={goods !== null} options={goodsKinds.map((value) => ({ value, label: t(`shop.admin.kind.${value}`) }))} />
        </Form.Item>
        <div className={styles.two}>
          {words('name', 'en', t('shop.admin.fields.nameEn'))}
          {words('name', 'zhCN', t('shop.admin.fields.nameZh'))}
          {words('text', 'en', t('shop.admin.fields.textEn'))}
          {words('text', 'zhCN', t('shop.admin.fields.textZh'))}
          <Form.Item name="price" label={t('shop.admin.fields.price')} rules={[{ required: true, pattern: /^[1-9]\d{0,12}$/ }]}>
            <Input inputMode="numeric" />
          </Form.Item>
          <Form.Item name="stock" label={t('shop.admin.fields.stock')} extra={t('shop.admin.fields.stockHint')}>
            <InputNumber min={0} max={1_000_000} precision={0} disabled={kind === 'code'} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="perPerson" label={t('shop.admin.fields.perPerson')} extra={t('shop.admin.fields.perPersonHint')}>
            <InputNumber min={1} max={1000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="place" label={t('shop.admin.fields.place')} rules={[{ required: true }]}>
            <InputNumber min={0} max={100_000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        {kind === 'text' ? (
          <Form.Item name="granted" label={t('shop.admin.fields.granted')} rules={[{ required: true, max: 2000 }]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={2000} />
          </Form.Item>
        ) : null}
        <Form.Item name="onSale" label={t('shop.admin.fields.onSale')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item label={t('shop.admin.fields.picture')}>
          {goods === null ? (
            <span className={styles.note}>{t('shop.admin.pictureLater')}</span>
          ) : (
            <>
              <div className={styles.preview}>
                <GoodsPicture kind={kind} url={picture} />
              </div>
              <input type="file" className={styles.file} accept="image/jpeg,image/png,image/webp" aria-label={t('shop.admin.pictureChoose')} onChange={(event) => void choose(event.currentTarget.files?.[0])} data-testid="goods-picture" />
            </>
          )}
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="goods-save">
          {t('app.save')}
        </Button>
      </Form>
    </Drawer>
  )
}
