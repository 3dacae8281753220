// The dialog in which an operator sets a package, with amounts as people write them.
import { Form, Input, InputNumber, Modal, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { packageCurrencies } from '../../../server/contract/recharge.ts'
import type { AdminPackageView, PackageChange } from '../../../server/contract/recharge.ts'
import type { Currency, RealCurrency } from '../../../server/contract/money.ts'
import { editAmount, parseAmount } from '../../i18n/formatMoney.ts'
import { useAct } from '../shell/useAct.ts'
import { rechargeDeskApi } from './rechargeDeskApi.ts'
import styles from './Recharge.module.css'

type Fields = { readonly currency: RealCurrency; readonly price: string; readonly coins: string; readonly bonus: string; readonly position: number; readonly onSale: boolean; readonly badgeEn: string; readonly badgeZh: string }
type Props = { /** Null: a new one. */ readonly edited: AdminPackageView | null; readonly onClose: () => void; readonly onSaved: () => void }

function fieldsOf(edited: AdminPackageView | null): Fields {
  if (edited === null) return { currency: 'CNY', price: '', coins: '', bonus: '0', position: 50, onSale: true, badgeEn: '', badgeZh: '' }
  const { currency, price, coins, bonus, position, onSale, badge } = edited
  return { currency, price: editAmount(price, currency), coins, bonus, position, onSale, badgeEn: badge.en, badgeZh: badge['zh-CN'] }
}

export function PackageForm({ edited, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const { busy, act } = useAct()
  const [form] = Form.useForm<Fields>()
  const currency = Form.useWatch('currency', form) ?? edited?.currency ?? 'CNY'
  const amount = (of: Currency, least: bigint) => ({
    validator: (_rule: unknown, text: string) => {
      const minor = parseAmount(text ?? '', of)
      return minor !== null && BigInt(minor) >= least ? Promise.resolve() : Promise.reject(new Error(t('recharge.admin.notAmount')))
    },
  })
  const save = async (fields: Fields) => {
    const change: PackageChange = {
      currency: fields.currency,
      price: parseAmount(fields.price, fields.currency) ?? '',
      coins: parseAmount(fields.coins, 'coin') ?? '',
      bonus: parseAmount(fields.bonus, 'coin') ?? '',
      position: fields.position,
      onSale: fields.onSale,
      badge: { en: fields.badgeEn.trim(), 'zh-CN': fields.badgeZh.trim() },
    }
    if (await act(() => (edited === null ? rechargeDeskApi.addPackage(change) : rechargeDeskApi.changePackage(edited.id, change)), t('recharge.admin.saved'))) onSaved()
  }
  return (
    <Modal open title={t(edited === null ? 'recharge.admin.addPackage' : 'recharge.admin.editPackage')} okText={t('recharge.admin.save')} cancelText={t('app.cancel')} confirmLoading={busy} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      <Form<Fields> form={form} layout="vertical" initialValues={fieldsOf(edited)} onFinish={(fields) => void save(fields)} requiredMark={false} data-testid="package-form">
        <div className={styles.pair}>
          <Form.Item name="currency" label={t('recharge.currency')}>
            <Select options={packageCurrencies.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name="price" label={t('recharge.price')} dependencies={['currency']} rules={[amount(currency, 1n)]}>
            <Input inputMode="decimal" suffix={currency} />
          </Form.Item>
          <Form.Item name="coins" label={t('recharge.coins')} rules={[amount('coin', 1n)]}>
            <Input inputMode="numeric" />
          </Form.Item>
          <Form.Item name="bonus" label={t('recharge.admin.bonus')} rules={[amount('coin', 0n)]}>
            <Input inputMode="numeric" />
          </Form.Item>
          <Form.Item name="badgeEn" label={t('recharge.admin.badgeEn')}>
            <Input maxLength={24} />
          </Form.Item>
          <Form.Item name="badgeZh" label={t('recharge.admin.badgeZh')}>
            <Input maxLength={24} />
          </Form.Item>
          <Form.Item name="position" label={t('recharge.admin.position')} tooltip={t('recharge.admin.positionHint')}>
            <InputNumber min={0} max={1000} precision={0} className={styles.wide} />
          </Form.Item>
          <Form.Item name="onSale" label={t('recharge.admin.onSale')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  )
}
