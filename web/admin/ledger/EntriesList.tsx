// The entries of one transfer: which accounts it took from and gave to, in each currency to zero.
import { Descriptions, Table, Typography } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerEntryView, LedgerTransferView } from '../../../server/contract/wallet.ts'
import { AmountText } from '../shell/AmountText.tsx'
import styles from './LedgerAdmin.module.css'

export function EntriesList({ transfer }: { readonly transfer: LedgerTransferView }) {
  const { t } = useTranslation()
  const { id, seq, reverses, entries } = transfer
  const columns: TableProps<LedgerEntryView>['columns'] = [
    { title: t('admin.ledger.account'), dataIndex: 'kind', render: (_, { kind }) => t(`admin.account.${kind}`) },
    { title: t('admin.ledger.owner'), render: (_, { kind, owner }) => (owner === '' ? t('admin.ledger.platform') : kind === 'user' || kind === 'held' ? <Link to={`/u/${owner}`}>@{owner}</Link> : owner) },
    { title: t('admin.ledger.amount'), align: 'end', render: (_, { amount, currency }) => <AmountText amount={amount} currency={currency} signed /> },
  ]
  return (
    <div className={styles.entries} data-testid="ledger-entries">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { key: 'id', label: t('admin.ledger.transfer'), children: <Typography.Text copyable className={styles.code}>{id}</Typography.Text> },
          { key: 'seq', label: t('admin.ledger.number'), children: seq },
          ...(reverses === null ? [] : [{ key: 'reverses', label: t('admin.ledger.reverses'), children: <Link to={`/admin/ledger?transfer=${encodeURIComponent(reverses)}`}>{reverses}</Link> }]),
        ]}
      />
      <Table<LedgerEntryView> size="small" columns={columns} dataSource={entries.map((entry) => ({ ...entry }))} rowKey={({ kind, owner, currency, amount }) => `${kind} ${owner} ${currency} ${amount}`} pagination={false} />
    </div>
  )
}
