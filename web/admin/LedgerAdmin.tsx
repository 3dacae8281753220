// The back office: every transfer, found by whom, what and when; all balances; and one person's wallet.
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { BalancesOverview } from './ledger/BalancesOverview.tsx'
import { LedgerFilters } from './ledger/LedgerFilters.tsx'
import { TransfersTable } from './ledger/TransfersTable.tsx'
import { WalletLookup } from './ledger/WalletLookup.tsx'
import { ledgerQuery, readLedgerFilter, writeLedgerFilter } from './ledger/ledgerFilter.ts'
import { AdminSection } from './shell/AdminSection.tsx'

const tabs = ['transfers', 'balances', 'wallets'] as const

export function LedgerAdmin() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((name) => name === params.get('tab')) ?? 'transfers'
  const filter = readLedgerFilter(params)
  const content = {
    transfers: (
      <>
        {/* Another address, such as that of a person in the table, fills the form anew. */}
        <LedgerFilters key={ledgerQuery(filter)} filter={filter} onSearch={(next) => setParams(writeLedgerFilter(next))} />
        <TransfersTable filter={filter} />
      </>
    ),
    balances: <BalancesOverview />,
    wallets: <WalletLookup name={params.get('name') ?? ''} onLookUp={(name) => setParams({ tab: 'wallets', name })} />,
  }
  return (
    <AdminSection title={t('admin.section.ledger')} lead={t('admin.ledger.lead')} testId="ledger-admin">
      <Tabs activeKey={tab} onChange={(key) => setParams(key === 'transfers' ? {} : { tab: key })} destroyOnHidden items={tabs.map((key) => ({ key, label: t(`admin.ledger.tab.${key}`), children: content[key] }))} />
    </AdminSection>
  )
}
