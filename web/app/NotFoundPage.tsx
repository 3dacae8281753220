// Any address that leads nowhere.
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './Layout.module.css'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <div className={styles.narrow} data-testid="not-found">
      <title>{`${t('notFound.title')} · Footlight`}</title>
      <MessageBox title={t('notFound.title')} icon={<Compass size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/">{t('notFound.home')}</ButtonLink>}>
        {t('notFound.body')}
      </MessageBox>
    </div>
  )
}
