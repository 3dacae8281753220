// Where a replay is, and where to go in it.
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../i18n/formatDuration.ts'
import styles from './controls.module.css'

type Props = { readonly time: number; readonly duration: number; readonly onSeek: (seconds: number) => void }

export function SeekBar({ time, duration, onSeek }: Props) {
  const { t } = useTranslation()
  const at = formatDuration(time * 1000)
  const total = formatDuration(duration * 1000)
  return (
    <input
      type="range"
      className={`${styles.range} ${styles.seek}`}
      min={0}
      max={Math.max(duration, 0.1)}
      step={0.1}
      value={Math.min(time, duration)}
      disabled={duration === 0}
      aria-label={t('player.seek')}
      aria-valuetext={t('player.position', { at, total })}
      style={{ '--filled': `${duration === 0 ? 0 : (time / duration) * 100}%` } as React.CSSProperties}
      onChange={(event) => onSeek(Number(event.target.value))}
      data-testid="seek"
    />
  )
}
