// Asks before something that cannot be taken back; the browser's own dialog keeps focus and Escape right.
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import styles from './ConfirmDialog.module.css'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly body: string
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

export function ConfirmDialog({ open, title, body, confirm, onConfirm, onCancel }: Props) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (open && !element.open) element.showModal()
    if (!open && element.open) element.close()
  }, [open])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`} onClose={() => open && onCancel()}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p id={`${id}-body`}>{body}</p>
      <div className={styles.actions}>
        <Button kind="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button kind="danger" onClick={onConfirm} data-testid="confirm">
          {confirm}
        </Button>
      </div>
    </dialog>
  )
}
