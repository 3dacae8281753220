// Where who is not logged in would send: the way to log in, and back.
import { LogIn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ButtonLink } from '../ui/Button.tsx'
import styles from './GiftPanel.module.css'

export function LoginToGive() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className={styles.foot}>
      <ButtonLink kind="primary" wide to={`/login?next=${encodeURIComponent(pathname)}`} icon={<LogIn aria-hidden="true" />} data-testid="gift-log-in">
        {t('gifts.logIn')}
      </ButtonLink>
    </div>
  )
}
