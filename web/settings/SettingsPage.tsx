// `/settings/*`: profile, password, sessions, notifications and privacy of one's own account, a section an address.
import { useEffect, useRef } from 'react'
import { Bell, Languages, ShieldCheck, UserRound, VenetianMask } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink, Navigate, Route, Routes, useLocation } from 'react-router'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { NotificationSettings } from '../notify/NotificationSettings.tsx'
import { PrivacySettings } from '../privateChat/PrivacySettings.tsx'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { AccountSettings } from './AccountSettings.tsx'
import { LanguageSettings } from './LanguageSettings.tsx'
import { ProfileSettings } from './ProfileSettings.tsx'
import styles from './SettingsPage.module.css'

const sections = [
  { key: 'profile', to: '/settings', icon: UserRound },
  { key: 'account', to: '/settings/account', icon: ShieldCheck },
  { key: 'notifications', to: '/settings/notifications', icon: Bell },
  { key: 'privacy', to: '/settings/privacy', icon: VenetianMask },
  { key: 'language', to: '/settings/language', icon: Languages },
] as const

export function SettingsPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const { pathname, hash } = useLocation()
  const nav = useRef<HTMLElement>(null)
  const ready = me !== null
  // A phone's strip of sections is longer than the screen.
  useEffect(() => {
    if (ready) nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [pathname, ready])
  if (me === null) return <Waiting />
  if (me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + hash)}`} replace />
  return (
    <div className={styles.page}>
      <title>{`${t('settings.title')} · Footlight`}</title>
      <h1>{t('settings.title')}</h1>
      <div className={styles.columns}>
        <nav ref={nav} className={styles.sections} aria-label={t('settings.sections')}>
          {sections.map(({ key, to, icon: Icon }) => (
            <NavLink key={key} to={to} end className={styles.section} data-testid={`settings-${key}`}>
              <Icon size={18} aria-hidden="true" />
              <span>{t(`settings.section.${key}`)}</span>
            </NavLink>
          ))}
        </nav>
        <Sections key={me.user.id} />
      </div>
    </div>
  )
}

function Sections() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data: account, error, reload, replace } = useResource('account', (signal) => accountsApi.account(signal))
  if (account === null)
    return error === null ? (
      <Waiting />
    ) : (
      <MessageBox tone="bad" size="note" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
    )
  return (
    <div className={styles.cards}>
      <Routes>
        <Route index element={<ProfileSettings account={account} onChanged={replace} />} />
        <Route path="account" element={<AccountSettings account={account} onChanged={replace} />} />
        <Route path="notifications" element={<NotificationSettings />} />
        <Route path="privacy" element={<PrivacySettings />} />
        <Route path="language" element={<LanguageSettings />} />
        <Route path="*" element={<Navigate to="/settings" replace />} />
      </Routes>
    </div>
  )
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.wait} role="status" aria-label={t('app.loading')}>
      <Spinner large />
    </div>
  )
}
