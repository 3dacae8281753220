// All balances of the ledger on one screen: what is in circulation, who has it, and that every currency sums to zero.
import { Alert, Button, Card, Skeleton, Table, Tag, Tooltip } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useResource } from '../../client/useResource.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { MoneyText } from '../../ui/MoneyText.tsx'
import { AmountText } from '../shell/AmountText.tsx'
import styles from './LedgerAdmin.module.css'
import { balanceTable, circulating } from './balanceTable.ts'
import type { BalanceRow } from './balanceTable.ts'
import { ledgerApi } from './ledgerApi.ts'
import { useCurrencyName } from './useCurrencyName.ts'

const issued = ['coin', 'bean'] as const

export function BalancesOverview() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const currencyName = useCurrencyName()
  const { data, error, reload } = useResource('ledger balances', (signal) => ledgerApi.balances(signal))
  if (data === null) return error === null ? <Skeleton active /> : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />
  const table = balanceTable(data)
  const columns: TableProps<BalanceRow>['columns'] = [
    {
      title: t('admin.ledger.account'),
      render: (_, { kind, owner }) => (
        <div className={styles.kind}>
          <b>
            {t(`admin.account.${kind}`)}
            {owner === '' ? '' : ` · ${owner}`}
          </b>
          <small>{t(`admin.accountHint.${kind}`)}</small>
        </div>
      ),
    },
    { title: t('admin.ledger.accounts'), dataIndex: 'accounts', align: 'end' },
    ...table.currencies.map((currency) => ({
      title: currencyName(currency),
      key: currency,
      align: 'end' as const,
      render: (_: unknown, { balances }: BalanceRow) => {
        const balance = balances[currency]
        return balance === undefined ? <span className={styles.nothing}>–</span> : <AmountText amount={balance} currency={currency} />
      },
    })),
  ]
  return (
    <div className={styles.overview} data-testid="ledger-balances">
      <div className={styles.cards}>
        {issued.map((currency) => (
          <Card key={currency} size="small">
            <p className={styles.cardTitle}>{t(currency === 'coin' ? 'admin.ledger.coinsOut' : 'admin.ledger.beansOut')}</p>
            <p className={styles.cardAmount}>
              <MoneyText amount={circulating(table, currency)} currency={currency} size={22} />
            </p>
          </Card>
        ))}
      </div>
      <p className={styles.explain}>{t('admin.ledger.circulationHint')}</p>
      <Table<BalanceRow>
        size="middle"
        columns={columns}
        dataSource={[...table.rows]}
        rowKey={({ kind, owner }) => `${kind} ${owner}`}
        pagination={false}
        scroll={{ x: 'max-content' }}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={2}>
              <b>{t('admin.ledger.sum')}</b>
            </Table.Summary.Cell>
            {table.currencies.map((currency, index) => {
              const sum = table.sums[currency] ?? '0'
              return (
                <Table.Summary.Cell key={currency} index={index + 2} align="end">
                  <Tooltip title={t(sum === '0' ? 'admin.ledger.sumRight' : 'admin.ledger.sumWrong')}>
                    <Tag color={sum === '0' ? 'success' : 'error'} className={styles.sum}>
                      <AmountText amount={sum} currency={currency} />
                    </Tag>
                  </Tooltip>
                </Table.Summary.Cell>
              )
            })}
          </Table.Summary.Row>
        )}
      />
    </div>
  )
}
