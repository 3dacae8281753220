// The search form of the ledger.
import { Button, Form, Input, Select } from 'antd'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { currencySchema } from '../../../server/contract/money.ts'
import type { Currency } from '../../../server/contract/money.ts'
import { transferTypes } from '../../../server/contract/wallet.ts'
import { parseAmount } from '../../i18n/formatMoney.ts'
import styles from './LedgerAdmin.module.css'
import type { LedgerFilter } from './ledgerFilter.ts'
import { useCurrencyName } from './useCurrencyName.ts'

type Props = { readonly filter: LedgerFilter; readonly onSearch: (filter: LedgerFilter) => void }

export function LedgerFilters({ filter, onSearch }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<LedgerFilter>()
  const currencyName = useCurrencyName()
  const none: LedgerFilter = { user: '', type: '', reference: '', transfer: '', from: '', to: '', currency: '', minimum: '' }
  const any = { value: '', label: t('wallet.all') }
  return (
    <Form<LedgerFilter> form={form} layout="vertical" requiredMark={false} className={styles.filters} initialValues={filter} onFinish={onSearch} data-testid="ledger-filters">
      <Form.Item name="user" label={t('admin.ledger.user')}>
        <Input allowClear maxLength={64} placeholder={t('admin.ledger.userHint')} data-testid="ledger-user" />
      </Form.Item>
      <Form.Item name="type" label={t('wallet.typeLabel')}>
        <Select options={[any, ...transferTypes.map((type) => ({ value: type, label: t(`wallet.type.${type}`) }))]} />
      </Form.Item>
      <Form.Item name="reference" label={t('admin.ledger.reference')}>
        <Input allowClear maxLength={64} data-testid="ledger-reference" />
      </Form.Item>
      <Form.Item name="transfer" label={t('admin.ledger.transfer')}>
        <Input allowClear maxLength={40} data-testid="ledger-transfer" />
      </Form.Item>
      <Form.Item name="currency" label={t('wallet.currency')}>
        <Select options={[any, ...currencySchema.options.map((currency) => ({ value: currency, label: currencyName(currency) }))]} />
      </Form.Item>
      <Form.Item
        name="minimum"
        label={t('admin.ledger.minimum')}
        dependencies={['currency']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule: unknown, text: string) => {
              const currency = (getFieldValue('currency') || 'coin') as Currency
              return text === '' || parseAmount(text, currency) !== null ? Promise.resolve() : Promise.reject(new Error(t('admin.ledger.noAmount')))
            },
          }),
        ]}
      >
        <Input allowClear inputMode="decimal" maxLength={24} />
      </Form.Item>
      <Form.Item name="from" className={styles.wide} label={t('wallet.from')}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="to" className={styles.wide} label={t('wallet.to')}>
        <Input type="datetime-local" />
      </Form.Item>
      <div className={styles.search}>
        <Button
          onClick={() => {
            form.setFieldsValue(none)
            onSearch(none)
          }}
        >
          {t('wallet.clear')}
        </Button>
        <Button type="primary" htmlType="submit" icon={<Search size={16} aria-hidden="true" />} data-testid="ledger-search">
          {t('admin.ledger.search')}
        </Button>
      </div>
    </Form>
  )
}
