// A picture as large as the window; Escape or a click closes it.
import { useEffect, useRef } from 'react'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './Lightbox.module.css'

export function Lightbox({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className={styles.box} aria-label={t('privateChat.picture')} onCancel={onClose} onClick={onClose} data-testid="lightbox">
      <img src={url} alt={t('privateChat.picture')} />
      <button type="button" onClick={onClose} aria-label={t('privateChat.closePicture')}>
        <X size={22} aria-hidden="true" />
      </button>
    </dialog>
  )
}
