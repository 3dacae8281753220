// The transfers that were found; a row opens to the entries that it wrote.
import { Tag, Typography } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerTransferView } from '../../../server/contract/wallet.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { usePages } from '../../moderation/usePages.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { KeysetTable } from '../shell/KeysetTable.tsx'
import { EntriesList } from './EntriesList.tsx'
import styles from './LedgerAdmin.module.css'
import { ledgerApi } from './ledgerApi.ts'
import { ledgerQuery } from './ledgerFilter.ts'
import type { LedgerFilter } from './ledgerFilter.ts'
import { movedBy, peopleIn } from './movedBy.ts'

export function TransfersTable({ filter }: { readonly filter: LedgerFilter }) {
  const { t, i18n } = useTranslation()
  const pages = usePages<LedgerTransferView>(ledgerQuery(filter), async (before) => {
    const { transfers, next } = await ledgerApi.transfers(filter, before)
    return { items: transfers, next }
  })
  const columns: TableProps<LedgerTransferView>['columns'] = [
    { title: t('admin.ledger.when'), dataIndex: 'at', render: (at: string) => <time dateTime={at}>{formatWhen(at, i18n.language)}</time> },
    {
      title: t('wallet.typeLabel'),
      render: (_, { type, reverses }) => (
        <span className={styles.kinds}>
          <Tag data-testid="transfer-type">{t(`wallet.type.${type}`)}</Tag>
          {reverses === null ? null : <Tag color="warning">{t('admin.ledger.reversal')}</Tag>}
        </span>
      ),
    },
    {
      title: t('admin.ledger.people'),
      render: (_, { entries }) => (
        <span className={styles.people}>
          {peopleIn(entries).map((name) => (
            <Link key={name} to={`/admin/ledger?user=${encodeURIComponent(name)}`}>
              @{name}
            </Link>
          ))}
        </span>
      ),
    },
    {
      title: t('admin.ledger.moved'),
      align: 'end',
      render: (_, { entries }) => (
        <span className={styles.amounts}>
          {movedBy(entries).map(({ currency, amount }) => (
            <AmountText key={currency} currency={currency} amount={amount} />
          ))}
        </span>
      ),
    },
    { title: t('admin.ledger.reference'), dataIndex: 'reference', render: (reference: string) => (reference === '' ? '–' : <Typography.Text className={styles.code}>{reference}</Typography.Text>) },
    { title: t('admin.ledger.note'), dataIndex: 'note', render: (note: string) => <span className={styles.note}>{note === '' ? '–' : note}</span> },
  ]
  return <KeysetTable<LedgerTransferView> pages={pages} rowKey="id" columns={columns} size="middle" empty={t('admin.ledger.none')} expandable={{ expandedRowRender: (transfer) => <EntriesList transfer={transfer} />, expandRowByClick: true }} testId="ledger-transfers" />
}
