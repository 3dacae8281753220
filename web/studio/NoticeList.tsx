// What the host should know and can act on, in words.
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Notice } from '../../server/contract/broadcast.ts'
import { en } from '../i18n/en.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './StudioPage.module.css'

type Advice = keyof typeof en.noticeAdvice
const isAdvice = (detail: string): detail is Advice => Object.hasOwn(en.noticeAdvice, detail)

export function NoticeList({ notices, onDismiss }: { readonly notices: readonly Notice[]; readonly onDismiss: (notice: Notice) => void }) {
  const { t } = useTranslation()
  if (notices.length === 0) return null
  return (
    <section className={styles.notices} aria-label={t('studio.notices')} role="log">
      {notices.map((notice) => (
        <MessageBox
          key={`${notice.code} ${notice.detail} ${notice.at}`}
          size="note"
          tone="warn"
          title={t(`notice.${notice.code}`)}
          icon={<TriangleAlert size={18} aria-hidden="true" />}
          actions={
            <Button kind="quiet" onClick={() => onDismiss(notice)}>
              {t('studio.dismiss')}
            </Button>
          }
          testId="notice"
        >
          {isAdvice(notice.detail) ? t(`noticeAdvice.${notice.detail}`) : undefined}
        </MessageBox>
      ))}
    </section>
  )
}
