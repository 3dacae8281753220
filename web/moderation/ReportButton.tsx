// Reports a broadcast, a person or a message, with a reason.
import { useState } from 'react'
import { Flag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './ReportButton.module.css'
import { ReportSheet } from './ReportSheet.tsx'

export type ReportButtonProps = { readonly about: { readonly type: 'broadcast' | 'user' | 'message'; readonly id: string; readonly channel: string | null } }

export function ReportButton({ about }: ReportButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles.button} onClick={() => setOpen(true)} data-testid="report">
        <Flag size={16} aria-hidden="true" />
        <span>{t('moderation.report')}</span>
      </button>
      {open ? <ReportSheet about={about} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
