// Goes on with a combo: shows how far it is, and a ring that runs out with the time for the next.
import { useTranslation } from 'react-i18next'
import styles from './ComboButton.module.css'
import { COMBO_MS } from './giftLimits.ts'
import type { Combo } from './useGiftSender.ts'

export function ComboButton({ combo, busy, onClick }: { readonly combo: Combo; readonly busy: boolean; readonly onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className={styles.combo} onClick={onClick} aria-busy={busy} aria-label={t('gifts.comboLabel', { count: combo.count })} data-testid="gift-combo" data-count={combo.count}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r="29" className={styles.track} />
        <circle key={combo.turn} cx="32" cy="32" r="29" className={styles.ring} pathLength={100} style={{ animationDuration: `${COMBO_MS}ms` }} />
      </svg>
      <span key={combo.turn} className={styles.count}>
        ×{combo.count}
      </span>
      <small>{t('gifts.combo')}</small>
    </button>
  )
}
