// `/admin`: the back office, for operators and admins.
import { Suspense, lazy } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { Spinner } from '../ui/Spinner.tsx'

const GiftsAdmin = lazy(() => import('./GiftsAdmin.tsx').then((page) => ({ default: page.GiftsAdmin })))
const PackagesAdmin = lazy(() => import('./PackagesAdmin.tsx').then((page) => ({ default: page.PackagesAdmin })))
const OrdersAdmin = lazy(() => import('./OrdersAdmin.tsx').then((page) => ({ default: page.OrdersAdmin })))
const GoodsAdmin = lazy(() => import('./GoodsAdmin.tsx').then((page) => ({ default: page.GoodsAdmin })))
const WithdrawalsAdmin = lazy(() => import('./WithdrawalsAdmin.tsx').then((page) => ({ default: page.WithdrawalsAdmin })))
const RatesAdmin = lazy(() => import('./RatesAdmin.tsx').then((page) => ({ default: page.RatesAdmin })))
const LedgerAdmin = lazy(() => import('./LedgerAdmin.tsx').then((page) => ({ default: page.LedgerAdmin })))
const ReconciliationAdmin = lazy(() => import('./ReconciliationAdmin.tsx').then((page) => ({ default: page.ReconciliationAdmin })))

export function AdminPage() {
  return (
    <Suspense fallback={<Spinner large />}>
      <Routes>
        <Route index element={<Navigate to="orders" replace />} />
        <Route path="gifts" element={<GiftsAdmin />} />
        <Route path="packages" element={<PackagesAdmin />} />
        <Route path="orders" element={<OrdersAdmin />} />
        <Route path="goods" element={<GoodsAdmin />} />
        <Route path="withdrawals" element={<WithdrawalsAdmin />} />
        <Route path="rates" element={<RatesAdmin />} />
        <Route path="ledger" element={<LedgerAdmin />} />
        <Route path="reconciliation" element={<ReconciliationAdmin />} />
      </Routes>
    </Suspense>
  )
}
