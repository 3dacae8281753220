// The pages by address; each page is a chunk of its own.
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, Route, Routes, useLocation } from 'react-router'
import { lazyPart } from '../client/lazyPart.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { Crash } from './Crash.tsx'
import { Header } from './Header.tsx'
import styles from './Layout.module.css'
import { NotFoundPage } from './NotFoundPage.tsx'

const HomePage = lazyPart(() => import('../home/HomePage.tsx').then((page) => ({ default: page.HomePage })))
const WatchPage = lazyPart(() => import('../watch/WatchPage.tsx').then((page) => ({ default: page.WatchPage })))
const ReplayPage = lazyPart(() => import('../replay/ReplayPage.tsx').then((page) => ({ default: page.ReplayPage })))
const StudioPage = lazyPart(() => import('../studio/StudioPage.tsx').then((page) => ({ default: page.StudioPage })))
const LogInPage = lazyPart(() => import('../accounts/LogInPage.tsx').then((page) => ({ default: page.LogInPage })))
const SignUpPage = lazyPart(() => import('../accounts/SignUpPage.tsx').then((page) => ({ default: page.SignUpPage })))
const ForgotPage = lazyPart(() => import('../accounts/ForgotPage.tsx').then((page) => ({ default: page.ForgotPage })))
const ResetPage = lazyPart(() => import('../accounts/ResetPage.tsx').then((page) => ({ default: page.ResetPage })))
const SettingsPage = lazyPart(() => import('../settings/SettingsPage.tsx').then((page) => ({ default: page.SettingsPage })))
const PersonPage = lazyPart(() => import('../people/PersonPage.tsx').then((page) => ({ default: page.PersonPage })))
const FollowingPage = lazyPart(() => import('../people/FollowingPage.tsx').then((page) => ({ default: page.FollowingPage })))
const NotificationsPage = lazyPart(() => import('../notify/NotificationsPage.tsx').then((page) => ({ default: page.NotificationsPage })))
const PrivateChatPage = lazyPart(() => import('../privateChat/PrivateChatPage.tsx').then((page) => ({ default: page.PrivateChatPage })))
const SearchPage = lazyPart(() => import('../search/SearchPage.tsx').then((page) => ({ default: page.SearchPage })))
const RankingsPage = lazyPart(() => import('../discovery/RankingsPage.tsx').then((page) => ({ default: page.RankingsPage })))
const EmbedPage = lazyPart(() => import('../embed/EmbedPage.tsx').then((page) => ({ default: page.EmbedPage })))
const WalletPage = lazyPart(() => import('../wallet/WalletPage.tsx').then((page) => ({ default: page.WalletPage })))
const RechargePage = lazyPart(() => import('../recharge/RechargePage.tsx').then((page) => ({ default: page.RechargePage })))
const OrderPage = lazyPart(() => import('../recharge/OrderPage.tsx').then((page) => ({ default: page.OrderPage })))
const SandboxPayPage = lazyPart(() => import('../recharge/SandboxPayPage.tsx').then((page) => ({ default: page.SandboxPayPage })))
const GuardPage = lazyPart(() => import('../guard/GuardPage.tsx').then((page) => ({ default: page.GuardPage })))
const ShopPage = lazyPart(() => import('../shop/ShopPage.tsx').then((page) => ({ default: page.ShopPage })))
const AdminPage = lazyPart(() => import('../admin/AdminPage.tsx').then((page) => ({ default: page.AdminPage })))
const ReportsPage = lazyPart(() => import('../operator/ReportsPage.tsx').then((page) => ({ default: page.ReportsPage })))

function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.wait} role="status" aria-label={t('app.loading')}>
      <Spinner large />
    </div>
  )
}

function Layout() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className={styles.layout}>
      <Header />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Crash at={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Crash>
      </main>
      <footer className={styles.footer}>{t('app.source')}</footer>
    </div>
  )
}

export function App() {
  const { pathname } = useLocation()
  return (
    <Routes>
      <Route
        path="/embed/:channel"
        element={
          <Suspense fallback={<Waiting />}>
            <EmbedPage />
          </Suspense>
        }
      />
      <Route element={<Layout />}>
        <Route path="/" element={<HomePage />} />
        <Route path="/c/:channel" element={<WatchPage key={pathname} />} />
        <Route path="/r/:broadcastId" element={<ReplayPage key={pathname} />} />
        <Route path="/u/:name" element={<PersonPage key={pathname} />} />
        <Route path="/studio" element={<StudioPage />} />
        <Route path="/login" element={<LogInPage />} />
        <Route path="/signup" element={<SignUpPage />} />
        <Route path="/forgot" element={<ForgotPage />} />
        <Route path="/reset" element={<ResetPage />} />
        <Route path="/settings/*" element={<SettingsPage />} />
        <Route path="/following" element={<FollowingPage />} />
        <Route path="/notifications" element={<NotificationsPage />} />
        <Route path="/messages/:name?" element={<PrivateChatPage />} />
        <Route path="/search" element={<SearchPage />} />
        <Route path="/rankings" element={<RankingsPage />} />
        <Route path="/operator/reports" element={<ReportsPage />} />
        <Route path="/wallet" element={<WalletPage />} />
        <Route path="/recharge" element={<RechargePage />} />
        <Route path="/recharge/:orderId" element={<OrderPage />} />
        <Route path="/pay/sandbox/:orderId" element={<SandboxPayPage />} />
        <Route path="/guard/:channel" element={<GuardPage />} />
        <Route path="/shop" element={<ShopPage />} />
        <Route path="/admin/*" element={<AdminPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}
