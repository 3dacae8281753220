// Who is logged in, and what belongs to them: profile, settings, log-out.
import { LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from '../app/Header.module.css'
import { useSession } from './SessionProvider.tsx'

export function UserMenu() {
  const { t } = useTranslation()
  const { me, logOut } = useSession()
  if (me === null || me.user === null) return null
  return (
    <>
      <span className={styles.name} data-testid="user-name">
        {me.user.name}
      </span>
      <button type="button" className={styles.item} title={t('app.logOut')} aria-label={t('app.logOut')} onClick={() => void logOut().catch(() => undefined)} data-testid="log-out">
        <LogOut size={18} aria-hidden="true" />
      </button>
    </>
  )
}
