// Colour and place of one's messages over the picture, for those who may choose.
import { useTranslation } from 'react-i18next'
import type { DanmakuStyle } from '../../server/contract/chat.ts'
import { danmakuColorOf } from '../danmaku/danmakuColorOf.ts'
import styles from './Composer.module.css'

const positions = ['scroll', 'top', 'bottom'] as const
export const plainStyle: DanmakuStyle = { color: 'white', position: 'scroll' }

export function StylePicker({ value, onChange }: { readonly value: DanmakuStyle; readonly onChange: (style: DanmakuStyle) => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.stylePicker} role="group" aria-label={t('chat.style')} data-testid="style-picker">
      <p>{t('chat.color')}</p>
      <div className={styles.colors}>
        {(Object.keys(danmakuColorOf) as DanmakuStyle['color'][]).map((color) => (
          <button key={color} type="button" aria-pressed={value.color === color} aria-label={t(`chat.colorName.${color}`)} title={t(`chat.colorName.${color}`)} style={{ background: danmakuColorOf[color] }} onClick={() => onChange({ ...value, color })} />
        ))}
      </div>
      <p>{t('chat.position')}</p>
      <div className={styles.positions}>
        {positions.map((position) => (
          <button key={position} type="button" aria-pressed={value.position === position} onClick={() => onChange({ ...value, position })}>
            {t(`chat.positionName.${position}`)}
          </button>
        ))}
      </div>
    </div>
  )
}
