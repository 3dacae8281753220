// The pages by address; each page is a chunk of its own.
import { Suspense, lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Routes, useLocation } from 'react-router'
import { Spinner } from '../ui/Spinner.tsx'
import { Crash } from './Crash.tsx'
import { Header } from './Header.tsx'
import styles from './Layout.module.css'
import { NotFoundPage } from './NotFoundPage.tsx'

const HomePage = lazy(() => import('../home/HomePage.tsx').then((page) => ({ default: page.HomePage })))
const WatchPage = lazy(() => import('../watch/WatchPage.tsx').then((page) => ({ default: page.WatchPage })))
const ReplayPage = lazy(() => import('../replay/ReplayPage.tsx').then((page) => ({ default: page.ReplayPage })))
const StudioPage = lazy(() => import('../studio/StudioPage.tsx').then((page) => ({ default: page.StudioPage })))
const LogInPage = lazy(() => import('../accounts/LogInPage.tsx').then((page) => ({ default: page.LogInPage })))
const SignUpPage = lazy(() => import('../accounts/SignUpPage.tsx').then((page) => ({ default: page.SignUpPage })))

function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.wait} role="status" aria-label={t('app.loading')}>
      <Spinner large />
    </div>
  )
}

export function App() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className={styles.layout}>
      <Header />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Crash at={pathname}>
          <Suspense fallback={<Waiting />}>
            <Routes>
              <Route path="/" element={<HomePage />} />
              <Route path="/c/:channel" element={<WatchPage key={pathname} />} />
              <Route path="/r/:broadcastId" element={<ReplayPage key={pathname} />} />
              <Route path="/studio" element={<StudioPage />} />
              <Route path="/login" element={<LogInPage />} />
              <Route path="/signup" element={<SignUpPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </Crash>
      </main>
      <footer className={styles.footer}>{t('app.source')}</footer>
    </div>
  )
}
