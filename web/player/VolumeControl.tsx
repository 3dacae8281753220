// Mute and volume; on touch screens, where the device has its own keys, mute alone.
import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ControlButton } from './ControlButton.tsx'
import styles from './controls.module.css'

type Props = { readonly muted: boolean; readonly volume: number; readonly onMute: () => void; readonly onVolume: (volume: number) => void }

export function VolumeControl({ muted, volume, onMute, onVolume }: Props) {
  const { t } = useTranslation()
  const silent = muted || volume === 0
  const Icon = silent ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  const shown = silent ? 0 : Math.round(volume * 100)
  return (
    <div className={styles.volume}>
      <ControlButton label={silent ? t('player.unmute') : t('player.mute')} shortcut="m" onClick={onMute} data-testid="mute">
        <Icon aria-hidden="true" />
      </ControlButton>
      <input
        type="range"
        className={styles.range}
        min={0}
        max={100}
        step={1}
        value={shown}
        aria-label={t('player.volume')}
        style={{ '--filled': `${shown}%` } as React.CSSProperties}
        onChange={(event) => onVolume(Number(event.target.value) / 100)}
      />
    </div>
  )
}
