// `/admin`: the back office, for operators and admins. Whoever may not be here is told so before antd is loaded.
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { may } from '../../server/contract/permissions.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { lazyPart } from '../client/lazyPart.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './shell/AdminShell.module.css'
import { staffRole } from './shell/staffRole.ts'

const AdminRoutes = lazyPart(() => import('./shell/AdminRoutes.tsx').then((part) => ({ default: part.AdminRoutes })))

function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={styles.wait} role="status" aria-label={t('app.loading')}>
      <Spinner large />
    </div>
  )
}

export function AdminPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const { pathname, search } = useLocation()
  const titled = (page: ReactNode) => (
    <>
      <title>{`${t('admin.title')} · Footlight`}</title>
      {page}
    </>
  )
  if (me === null) return titled(<Waiting />)
  if (me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  const role = staffRole(me)
  if (!may(role, 'ledger:read'))
    return titled(
      <div className={styles.refused} data-testid="admin-refused">
        <MessageBox title={t('admin.staffOnly')} icon={<ShieldAlert size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}>
          {t('admin.staffOnlyBody')}
        </MessageBox>
      </div>,
    )
  return titled(
    <Suspense fallback={<Waiting />}>
      <AdminRoutes role={role} />
    </Suspense>,
  )
}
