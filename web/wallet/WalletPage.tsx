// `/wallet`: what one has, and where it came from and went; with orders and guards, a tab each.
import type { ReactNode } from 'react'
import { Lock, ReceiptText, ScrollText, Shield } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { StudioTabs } from '../studio/StudioTabs.tsx'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { BalanceCards } from './BalanceCards.tsx'
import { GuardsList } from './GuardsList.tsx'
import { OrdersList } from './OrdersList.tsx'
import { Statement } from './Statement.tsx'
import { useWallet } from './useWallet.ts'
import styles from './WalletPage.module.css'

const tabNames = ['statement', 'orders', 'guards'] as const
type TabName = (typeof tabNames)[number]
const icons: Readonly<Record<TabName, ReactNode>> = { statement: <ScrollText size={16} aria-hidden="true" />, orders: <ReceiptText size={16} aria-hidden="true" />, guards: <Shield size={16} aria-hidden="true" /> }

export function WalletPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const { pathname, search } = useLocation()
  if (me === null)
    return (
      <div className={styles.wait} role="status" aria-label={t('app.loading')}>
        <Spinner large />
      </div>
    )
  if (me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return <OwnWallet key={me.user.id} userId={me.user.id} hosts={me.channel !== null} />
}

function OwnWallet({ userId, hosts }: { readonly userId: string; readonly hosts: boolean }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [params, setParams] = useSearchParams()
  const { data: wallet, error, reload } = useWallet(userId)
  const tab = tabNames.find((name) => name === params.get('tab')) ?? 'statement'
  return (
    <div className={styles.page} data-testid="wallet">
      <title>{`${t('wallet.title')} · Footlight`}</title>
      <h1>{t('wallet.title')}</h1>
      {wallet?.locked === true ? (
        <MessageBox tone="bad" size="note" title={t('wallet.lockedTitle')} icon={<Lock size={18} aria-hidden="true" />} testId="wallet-locked">
          {t('wallet.lockedBody')}
        </MessageBox>
      ) : null}
      {error === null ? null : <MessageBox tone="bad" size="note" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />}
      {wallet === null && error !== null ? null : <BalanceCards wallet={wallet} hosts={hosts} />}
      <div className={styles.history}>
        <StudioTabs<TabName>
          label={t('wallet.title')}
          tabs={tabNames.map((key) => ({ key, label: t(`wallet.tab.${key}`), icon: icons[key] }))}
          chosen={tab}
          onChoose={(key) => setParams(key === 'statement' ? {} : { tab: key }, { replace: true })}
        />
        <div id={`panel-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {tab === 'statement' ? <Statement stamp={wallet === null ? null : JSON.stringify(wallet)} /> : tab === 'orders' ? <OrdersList /> : <GuardsList />}
        </div>
      </div>
    </div>
  )
}
