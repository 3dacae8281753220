// What stands below a list that comes in pages: that it loads, that it failed, or the way to more.
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './ModerationTab.module.css'
import type { Pages } from './usePages.ts'

export function PageFoot({ pages, empty }: { readonly pages: Pages<unknown>; readonly empty: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  if (pages.failure !== null)
    return (
      <p role="alert" className={styles.failure}>
        {failureText(pages.failure)} <Button onClick={pages.reload}>{t('app.retry')}</Button>
      </p>
    )
  if (pages.items === null) return <div className={`skeleton ${styles.wait}`} role="status" aria-label={t('moderation.loading')} />
  if (pages.items.length === 0) return <p className={styles.none}>{empty}</p>
  if (pages.more === null) return null
  return (
    <Button busy={pages.loading} onClick={pages.more}>
      {t('moderation.more')}
    </Button>
  )
}
