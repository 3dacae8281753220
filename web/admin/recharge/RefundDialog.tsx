// Pays an order back, wholly or in part, through its provider; the same dialog sent again is the same refund.
import { useState } from 'react'
import { Alert, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminOrderDetail, AdminOrderView } from '../../../server/contract/recharge.ts'
import { editAmount, formatMoney, parseAmount } from '../../i18n/formatMoney.ts'
import { useAct } from '../shell/useAct.ts'
import { rechargeDeskApi } from './rechargeDeskApi.ts'

type Fields = { readonly amount: string; readonly reason: string }
type Props = { readonly order: AdminOrderView; readonly onClose: () => void; readonly onRefunded: (detail: AdminOrderDetail) => void }

const newKey = () => crypto.getRandomValues(new Uint8Array(16)).reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '')

export function RefundDialog({ order: { id, currency, price, refunded }, onClose, onRefunded }: Props) {
  const { t, i18n } = useTranslation()
  const { busy, act } = useAct()
  const [form] = Form.useForm<Fields>()
  // Another amount is another refund; the same one, sent again after a lost answer, is not.
  const [keys] = useState(() => new Map<string, string>())
  const left = String(BigInt(price) - BigInt(refunded))
  const refund = async ({ amount, reason }: Fields) => {
    const minor = parseAmount(amount, currency) ?? ''
    const key = keys.get(minor) ?? newKey()
    keys.set(minor, key)
    await act(async () => onRefunded(await rechargeDeskApi.refund(id, { amount: minor, reason, key })), t('recharge.admin.refundAsked'))
  }
  const fits = (_rule: unknown, text: string) => {
    const minor = parseAmount(text ?? '', currency)
    return minor !== null && minor !== '0' && BigInt(minor) <= BigInt(left) ? Promise.resolve() : Promise.reject(new Error(t('recharge.admin.refundAtMost', { amount: formatMoney(left, currency, i18n.language) })))
  }
  return (
    <Modal open title={t('recharge.admin.refund')} okText={t('recharge.admin.refund')} okButtonProps={{ danger: true }} cancelText={t('app.cancel')} confirmLoading={busy} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      <Form<Fields> form={form} layout="vertical" initialValues={{ amount: editAmount(left, currency), reason: '' }} onFinish={(fields) => void refund(fields)} requiredMark={false}>
        <Alert type="warning" showIcon title={t('recharge.admin.refundHint')} style={{ marginBottom: 16 }} />
        <Form.Item name="amount" label={t('recharge.admin.refundAmount')} rules={[{ validator: fits }]}>
          <Input inputMode="decimal" suffix={currency} />
        </Form.Item>
        <Form.Item name="reason" label={t('recharge.admin.reason')} rules={[{ required: true, whitespace: true, message: t('recharge.admin.reasonNeeded') }]}>
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
