// The studio's choices: picture, microphone, size, bitrate, music.
import { Camera, CircleSlash, MonitorUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { SelectField, SwitchField } from '../ui/Field.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './BrowserTab.module.css'
import type { LocalMediaSnapshot } from './LocalMedia.ts'
import { bitrates, resolutions } from './studioSettings.ts'
import type { StudioSettings } from './studioSettings.ts'

type Props = { readonly settings: StudioSettings; readonly media: LocalMediaSnapshot; readonly onChange: (settings: StudioSettings) => void; readonly onChooseScreen: () => void }

const pictures = [
  ['camera', Camera, 'studio.camera'],
  ['screen', MonitorUp, 'studio.screen'],
  ['none', CircleSlash, 'studio.noPicture'],
] as const

export function CaptureSettings({ settings, media, onChange, onChooseScreen }: Props) {
  const { t } = useTranslation()
  const set = (change: Partial<StudioSettings>) => onChange({ ...settings, ...change })
  const options = (devices: readonly MediaDeviceInfo[]) =>
    devices.map((device, index) => (
      <option key={device.deviceId} value={device.deviceId}>
        {device.label === '' ? t('studio.defaultDevice', { number: index + 1 }) : device.label}
      </option>
    ))
  const known = (id: string, devices: readonly MediaDeviceInfo[]) => (id === 'none' || devices.some(({ deviceId }) => deviceId === id) ? id : (devices[0]?.deviceId ?? ''))
  const noDevices = (devices: readonly MediaDeviceInfo[]) => (devices.length === 0 ? <option value="">–</option> : null)
  return (
    <section className={styles.settings} aria-label={t('studio.settings')}>
      <fieldset>
        <legend className={styles.legend}>{t('studio.pictureSource')}</legend>
        <div className={styles.choices}>
          {pictures.map(([value, Icon, label]) => (
            <label key={value}>
              <input type="radio" name="picture" value={value} checked={settings.picture === value} onChange={() => set({ picture: value })} />
              <Icon size={20} aria-hidden="true" />
              {t(label)}
            </label>
          ))}
        </div>
      </fieldset>
      {settings.picture === 'camera' ? (
        <SelectField label={t('studio.camera')} name="camera" value={known(settings.cameraId, media.cameras)} onChange={(event) => set({ cameraId: event.target.value })} disabled={media.cameras.length === 0}>
          {noDevices(media.cameras)}
          {options(media.cameras)}
        </SelectField>
      ) : null}
      {settings.picture === 'screen' ? (
        <>
          {media.needsScreen ? null : <Button onClick={onChooseScreen}>{t('studio.changeScreen')}</Button>}
          <SelectField label={t('studio.screenKind')} name="screenKind" value={settings.screenKind} onChange={(event) => set({ screenKind: event.target.value === 'motion' ? 'motion' : 'text' })}>
            <option value="text">{t('studio.sharpText')}</option>
            <option value="motion">{t('studio.smoothMotion')}</option>
          </SelectField>
          <SwitchField label={t('studio.screenAudio')} name="screenAudio" checked={settings.screenAudio} onChange={(event) => set({ screenAudio: event.target.checked })} />
        </>
      ) : null}
      <SelectField label={t('studio.microphone')} name="microphone" value={known(settings.microphoneId, media.microphones)} onChange={(event) => set({ microphoneId: event.target.value })}>
        {noDevices(media.microphones)}
        {options(media.microphones)}
        <option value="none">{t('studio.noMicrophone')}</option>
      </SelectField>
      {settings.picture === 'none' ? null : (
        <div className={styles.pair}>
          <SelectField
            label={t('studio.resolution')}
            name="resolution"
            value={settings.resolution}
            onChange={(event) => {
              const chosen = resolutions.find(({ name }) => name === event.target.value)
              if (chosen !== undefined) set({ resolution: chosen.name, kbps: chosen.kbps })
            }}
          >
            {resolutions.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField label={t('studio.bitrate')} name="bitrate" value={settings.kbps} onChange={(event) => set({ kbps: Number(event.target.value) })}>
            {bitrates.map((value) => (
              <option key={value} value={value}>
                {t('studio.kbps', { value })}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <SwitchField label={t('studio.musicMode')} hint={t('studio.musicHint')} name="music" checked={settings.music} onChange={(event) => set({ music: event.target.checked })} />
    </section>
  )
}
