// The back office: whether the books agree, now and on the nights before; a difference is shown and never mended by itself.
import { useState } from 'react'
import { Alert, Button, Empty, Table, Tag } from 'antd'
import type { TableProps } from 'antd'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ReconciliationView } from '../../server/contract/wallet.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { DifferencesTable } from './ledger/DifferencesTable.tsx'
import { ledgerApi } from './ledger/ledgerApi.ts'
import { useReconciliations } from './ledger/ReconciliationsProvider.tsx'
import { AdminSection } from './shell/AdminSection.tsx'
import { useAct } from './shell/useAct.ts'
import styles from './shell/KeysetTable.module.css'

function RunState({ run, underWay }: { readonly run: ReconciliationView; readonly underWay: boolean }) {
  const { t } = useTranslation()
  if (run.finishedAt === null) return underWay ? <Tag color="processing">{t('admin.reconcile.running')}</Tag> : <Tag>{t('admin.reconcile.brokenOff')}</Tag>
  if (run.differences.length > 0) return <Tag color="error">{t('admin.reconcile.differences', { count: run.differences.length })}</Tag>
  return <Tag color="success">{t('admin.reconcile.agrees')}</Tag>
}

export function ReconciliationAdmin() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { data: runs, error, reload, running: underWay, follow } = useReconciliations()
  const { act } = useAct()
  const [asked, setAsked] = useState(false)
  const latest = runs?.find(({ finishedAt }) => finishedAt !== null)
  const running = asked || underWay

  const run = async () => {
    setAsked(true)
    follow(true)
    await act(() => ledgerApi.reconcile(), t('admin.reconcile.done'))
    follow(false)
    setAsked(false)
    reload()
  }
  const number = new Intl.NumberFormat(i18n.language)
  const columns: TableProps<ReconciliationView>['columns'] = [
    { title: t('admin.reconcile.started'), render: (_, { startedAt }) => <time dateTime={startedAt}>{formatWhen(startedAt, i18n.language)}</time> },
    { title: t('admin.reconcile.trigger'), render: (_, { trigger }) => t(`admin.reconcile.by.${trigger}`) },
    { title: t('admin.reconcile.state'), render: (_, view, index) => <RunState run={view} underWay={underWay && index === 0} /> },
    { title: t('admin.reconcile.transfers'), align: 'end', render: (_, { transfers }) => number.format(BigInt(transfers)) },
    { title: t('admin.ledger.accounts'), align: 'end', render: (_, { accounts }) => number.format(accounts) },
    { title: t('admin.reconcile.took'), align: 'end', render: (_, { startedAt, finishedAt }) => (finishedAt === null ? '–' : t('admin.reconcile.seconds', { value: new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000) })) },
  ]
  return (
    <AdminSection
      title={t('admin.section.reconciliation')}
      lead={t('admin.reconcile.lead')}
      testId="reconciliation-admin"
      actions={
        <Button type="primary" icon={<Play size={16} aria-hidden="true" />} loading={running} onClick={() => void run()} data-testid="reconcile-run">
          {running ? t('admin.reconcile.running') : t('admin.reconcile.run')}
        </Button>
      }
    >
      {error === null ? null : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />}
      {latest === undefined ? null : latest.differences.length === 0 ? (
        <Alert type="success" showIcon title={t('admin.reconcile.allAgree')} description={t('admin.reconcile.allAgreeBody', { when: formatWhen(latest.startedAt, i18n.language) })} data-testid="reconcile-agrees" />
      ) : (
        <Alert type="error" showIcon title={t('admin.reconcile.wrong', { count: latest.differences.length })} description={t('admin.reconcile.wrongBody')} data-testid="reconcile-wrong" />
      )}
      <div className={styles.list}>
        <Table<ReconciliationView>
          size="middle"
          columns={columns}
          dataSource={runs === null ? [] : [...runs]}
          loading={runs === null && error === null}
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('admin.reconcile.none')} /> }}
          expandable={{
            expandedRowRender: (view) => <DifferencesTable run={view} />,
            rowExpandable: ({ differences, skipped }) => differences.length > 0 || skipped.length > 0,
            expandRowByClick: true,
            // Whoever comes because of a warning sees at once what it is about.
            defaultExpandedRowKeys: latest !== undefined && latest.differences.length > 0 ? [latest.id] : [],
          }}
          key={latest === undefined ? 'none' : 'some'}
        />
      </div>
    </AdminSection>
  )
}
