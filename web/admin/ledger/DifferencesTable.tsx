// What a reconciliation found not to agree, and what it could not look at.
import { Table } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { currencySchema } from '../../../server/contract/money.ts'
import type { Amount } from '../../../server/contract/money.ts'
import type { ReconciliationDifference, ReconciliationView } from '../../../server/contract/wallet.ts'
import { AmountText } from '../shell/AmountText.tsx'
import styles from './LedgerAdmin.module.css'

function Found({ amount, currency }: { readonly amount: Amount; readonly currency: string }) {
  const known = currencySchema.safeParse(currency).data
  return known === undefined ? <span>{`${amount} ${currency}`.trim()}</span> : <AmountText amount={amount} currency={known} />
}

const difference = ({ expected, found }: ReconciliationDifference): Amount => String(BigInt(found) - BigInt(expected))

export function DifferencesTable({ run }: { readonly run: ReconciliationView }) {
  const { t } = useTranslation()
  const columns: TableProps<ReconciliationDifference>['columns'] = [
    { title: t('admin.reconcile.check'), render: (_, { check }) => t(`admin.reconcile.checks.${check}`) },
    { title: t('admin.reconcile.subject'), dataIndex: 'subject', render: (subject: string) => <span className={styles.code}>{subject}</span> },
    { title: t('admin.reconcile.expected'), align: 'end', render: (_, { expected, currency }) => <Found amount={expected} currency={currency} /> },
    { title: t('admin.reconcile.found'), align: 'end', render: (_, { found, currency }) => <Found amount={found} currency={currency} /> },
    { title: t('admin.reconcile.off'), align: 'end', render: (_, row) => <Found amount={difference(row)} currency={row.currency} /> },
  ]
  return (
    <div className={styles.problems}>
      {run.differences.length === 0 ? null : <Table<ReconciliationDifference> size="small" columns={columns} dataSource={[...run.differences]} rowKey={({ check, subject, currency }) => `${check} ${subject} ${currency}`} pagination={run.differences.length > 50 ? { pageSize: 50 } : false} data-testid="reconcile-differences" />}
      {run.skipped.map(({ check, why }) => (
        <p key={`${check} ${why}`} className={styles.skipped}>
          {t('admin.reconcile.skipped', { check: t(`admin.reconcile.checks.${check}`), why })}
        </p>
      ))}
    </div>
  )
}
