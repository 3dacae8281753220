// A dialog in the middle of a desktop's page, a sheet from the bottom of a phone's; the browser keeps focus and Escape right.
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './Sheet.module.css'

type Props = { readonly label: string; readonly onClose: () => void; readonly children: ReactNode; readonly testId: string }

export function Sheet({ label, onClose, children, testId }: Props) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-label={label}
      onClose={onClose}
      // What happens in here is nothing to the page behind, whose menus close on a click or key elsewhere.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        if (event.target === dialog.current) dialog.current.close()
      }}
      data-testid={testId}
    >
      <div className={styles.body}>
        <button type="button" className={styles.close} onClick={() => dialog.current?.close()} aria-label={t('moderation.close')} title={t('moderation.close')}>
          <X size={18} aria-hidden="true" />
        </button>
        {children}
      </div>
    </dialog>
  )
}
