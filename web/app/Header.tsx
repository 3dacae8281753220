// The bar above every page: home, studio, language, and who is logged in.
import { Suspense } from 'react'
import { LogIn, Radio } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { UserMenu } from '../accounts/UserMenu.tsx'
import { lazyPart } from '../client/lazyPart.ts'
import { NotificationBell } from '../notify/NotificationBell.tsx'
import { PrivateChatLink } from '../privateChat/PrivateChatLink.tsx'
import { SearchBox } from '../search/SearchBox.tsx'
import styles from './Header.module.css'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Logo } from './Logo.tsx'

const BalanceChip = lazyPart(() => import('../wallet/BalanceChip.tsx').then((part) => ({ default: part.BalanceChip })))

export function Header() {
  const { t } = useTranslation()
  const { me } = useSession()
  const { pathname } = useLocation()
  const account = pathname === '/login' || pathname === '/signup'
  return (
    <header className={me?.user == null ? styles.header : `${styles.header} ${styles.member}`}>
      <a href="#main" className={styles.skip}>
        {t('app.skip')}
      </a>
      <div className={styles.inner}>
        <Link to="/" className={styles.brand} aria-label={`${t('app.name')} – ${t('app.home')}`}>
          <Logo />
          <span>{t('app.name')}</span>
        </Link>
        <SearchBox />
        <nav className={styles.nav}>
          <LanguageSwitch />
          {me === null ? (
            <span className={styles.wait} />
          ) : me.user === null ? (
            account ? null : (
              <Link to={`/login?next=${encodeURIComponent(pathname)}`} className={styles.item} aria-label={t('app.logIn')} data-testid="log-in">
                <LogIn size={18} aria-hidden="true" />
                <span>{t('app.logIn')}</span>
              </Link>
            )
          ) : (
            <>
              <Suspense fallback={null}>
                <BalanceChip userId={me.user.id} />
              </Suspense>
              <PrivateChatLink />
              <NotificationBell />
              <UserMenu />
            </>
          )}
          <Link to="/studio" className={styles.live} aria-label={t('app.goLive')} title={t('app.goLive')} aria-current={pathname === '/studio' ? 'page' : undefined}>
            <Radio size={18} aria-hidden="true" />
            <span>{t('app.goLive')}</span>
          </Link>
        </nav>
      </div>
    </header>
  )
}
