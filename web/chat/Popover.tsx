// A small sheet over the chat or beside a button: Escape and a click elsewhere close it.
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './Popover.module.css'

type Props = { readonly label: string; readonly onClose: () => void; readonly testId: string; readonly children: ReactNode; /** Below the button that opened it, instead of over the chat. */ readonly beside?: boolean }

export function Popover({ label, onClose, testId, children, beside = false }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    root.current?.focus()
    const outside = (event: PointerEvent) => {
      const target = event.target as Node
      // The button that opened it closes it by itself.
      if (root.current?.contains(target) !== true && before?.contains(target) !== true) onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      if (document.activeElement === document.body) before?.focus()
    }
  }, [onClose])
  return (
    <div
      ref={root}
      className={beside ? `${styles.popover} ${styles.beside}` : styles.popover}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      data-testid={testId}
    >
      <div className={styles.head}>
        <h3>{label}</h3>
        <button type="button" onClick={onClose} aria-label={t('chat.close')} title={t('chat.close')}>
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      {children}
    </div>
  )
}
