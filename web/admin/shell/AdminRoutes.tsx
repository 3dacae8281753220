// Which address of the back office shows which section; each is a chunk of its own and open only to who may use it.
import { Suspense } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { Result, Spin } from 'antd'
import { LockKeyhole } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes } from 'react-router'
import { may } from '../../../server/contract/permissions.ts'
import type { ChannelRole } from '../../../server/contract/people.ts'
import { lazyPart } from '../../client/lazyPart.ts'
import { ReconciliationsProvider, latestDifferences, useReconciliations } from '../ledger/ReconciliationsProvider.tsx'
import { AdminFrame } from './AdminFrame.tsx'
import { AdminShell } from './AdminShell.tsx'
import styles from './AdminShell.module.css'
import { adminSections } from './adminSections.tsx'
import type { SectionKey } from './adminSections.tsx'

const pages: Readonly<Record<SectionKey, ComponentType>> = {
  orders: lazyPart(() => import('../OrdersAdmin.tsx').then((page) => ({ default: page.OrdersAdmin }))),
  packages: lazyPart(() => import('../PackagesAdmin.tsx').then((page) => ({ default: page.PackagesAdmin }))),
  gifts: lazyPart(() => import('../GiftsAdmin.tsx').then((page) => ({ default: page.GiftsAdmin }))),
  goods: lazyPart(() => import('../GoodsAdmin.tsx').then((page) => ({ default: page.GoodsAdmin }))),
  withdrawals: lazyPart(() => import('../WithdrawalsAdmin.tsx').then((page) => ({ default: page.WithdrawalsAdmin }))),
  rates: lazyPart(() => import('../RatesAdmin.tsx').then((page) => ({ default: page.RatesAdmin }))),
  ledger: lazyPart(() => import('../LedgerAdmin.tsx').then((page) => ({ default: page.LedgerAdmin }))),
  reconciliation: lazyPart(() => import('../ReconciliationAdmin.tsx').then((page) => ({ default: page.ReconciliationAdmin }))),
}

function NotForYou() {
  const { t } = useTranslation()
  return <Result icon={<LockKeyhole size={48} aria-hidden="true" className={styles.lock} />} title={t('admin.notForYou')} subTitle={t('admin.notForYouBody')} />
}

const nothing: ReadonlySet<SectionKey> = new Set()
const books: ReadonlySet<SectionKey> = new Set(['reconciliation'])

/** The room with a warning on its menu while the books do not agree. */
function WatchedShell({ role, children }: { readonly role: ChannelRole; readonly children: ReactNode }) {
  const { data } = useReconciliations()
  return (
    <AdminShell role={role} alarmed={latestDifferences(data) > 0 ? books : nothing}>
      {children}
    </AdminShell>
  )
}

export function AdminRoutes({ role }: { readonly role: ChannelRole }) {
  const first = adminSections.find(({ action }) => may(role, action))
  return (
    <AdminFrame>
      <ReconciliationsProvider>
        <WatchedShell role={role}>
          <Suspense
            fallback={
              <div className={styles.wait}>
                <Spin size="large" />
              </div>
            }
          >
            <Routes>
              {adminSections.map(({ key, action }) => {
                const Page = pages[key]
                return <Route key={key} path={`${key}/*`} element={may(role, action) ? <Page /> : <NotForYou />} />
              })}
              <Route path="*" element={first === undefined ? <NotForYou /> : <Navigate to={`/admin/${first.key}`} replace />} />
            </Routes>
          </Suspense>
        </WatchedShell>
      </ReconciliationsProvider>
    </AdminFrame>
  )
}
