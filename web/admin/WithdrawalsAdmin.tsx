// The back office: who wants money for beans.
import { useState } from 'react'
import { Button, Flex, Input, Segmented } from 'antd'
import { Download, ListChecks } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { withdrawalStates } from '../../server/contract/withdrawal.ts'
import type { AdminWithdrawal, WithdrawalState } from '../../server/contract/withdrawal.ts'
import { usePages } from '../moderation/usePages.ts'
import { AdminSection } from './shell/AdminSection.tsx'
import { KeysetTable } from './shell/KeysetTable.tsx'
import { NamesToVerify } from './withdrawals/NamesToVerify.tsx'
import { PayManyDialog } from './withdrawals/PayManyDialog.tsx'
import { useWithdrawalColumns } from './withdrawals/useWithdrawalColumns.tsx'
import { WithdrawalDrawer } from './withdrawals/WithdrawalDrawer.tsx'
import { withdrawalDeskApi } from './withdrawals/withdrawalDeskApi.ts'
import styles from './withdrawals/Withdrawals.module.css'

type Counts = Readonly<Record<WithdrawalState, number>>

export function WithdrawalsAdmin() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const open = params.get('open')
  const named = params.get('state')
  const names = named === 'names'
  const state = named === 'any' || names ? null : (withdrawalStates.find((one) => one === named) ?? 'requested')
  const [user, setUser] = useState('')
  const [counts, setCounts] = useState<Counts | null>(null)
  const [paying, setPaying] = useState(false)
  const pages = usePages<AdminWithdrawal>(`withdrawals ${state} ${user}`, async (after) => {
    const page = await withdrawalDeskApi.queue({ state, user }, after)
    setCounts(page.counts)
    return { items: page.withdrawals, next: page.next }
  })
  const change = (changes: Record<string, string | null>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        for (const [name, value] of Object.entries(changes)) if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const columns = useWithdrawalColumns((id) => change({ open: id }))
  const label = (one: WithdrawalState) => (counts !== null && counts[one] > 0 && one !== 'paid' && one !== 'rejected' && one !== 'cancelled' ? `${t(`income.state.${one}`)} (${counts[one]})` : t(`income.state.${one}`))

  return (
    <AdminSection
      title={t('admin.section.withdrawals')}
      lead={t('income.admin.withdrawalsLead')}
      testId="withdrawals-admin"
      actions={
        <>
          <Button icon={<Download size={16} aria-hidden="true" />} href={withdrawalDeskApi.payoutFile('approved')} download data-testid="payout-file">
            {t('income.admin.payoutFile')}
          </Button>
          <Button icon={<ListChecks size={16} aria-hidden="true" />} onClick={() => setPaying(true)} data-testid="pay-many">
            {t('income.admin.payMany')}
          </Button>
        </>
      }
    >
      <Flex wrap gap={12} className={styles.filters}>
        <div className={styles.states}>
          <Segmented
            aria-label={t('income.admin.queue')}
            value={names ? 'names' : (state ?? 'any')}
            options={[...withdrawalStates.map((one) => ({ value: one, label: label(one) })), { value: 'any', label: t('income.admin.any') }, { value: 'names', label: t('income.admin.names') }]}
            onChange={(value) => change({ state: value })}
          />
        </div>
        {names ? null : <Input.Search className={styles.search} placeholder={t('income.admin.find')} aria-label={t('income.admin.find')} allowClear onSearch={(value) => setUser(value.trim().replace(/^@/, '').toLowerCase())} />}
      </Flex>
      {names ? <NamesToVerify /> : <KeysetTable<AdminWithdrawal> pages={pages} empty={t('income.admin.none')} rowKey="id" columns={columns} size="middle" onRow={({ id }) => ({ onClick: () => change({ open: id }), className: styles.row })} testId="withdrawals-table" />}
      <WithdrawalDrawer id={open} onClose={() => change({ open: null })} onOpen={(id) => change({ open: id })} onChanged={pages.reload} />
      <PayManyDialog open={paying} approved={state === 'approved' ? (pages.items ?? []) : []} onClose={() => setPaying(false)} onChanged={pages.reload} />
    </AdminSection>
  )
}
