// Shows that the microphone hears something, drawn past React at the screen's own pace.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './LevelMeter.module.css'
import { soundLevel } from './soundLevel.ts'

export function LevelMeter({ track }: { readonly track: MediaStreamTrack | null }) {
  const { t } = useTranslation()
  const meter = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = meter.current
    if (track === null || element === null) return
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 1024
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    // The browser may hold the context back until the first touch.
    const wake = () => void context.resume()
    document.addEventListener('pointerdown', wake)
    const samples = new Float32Array(analyser.fftSize)
    let shown = 0
    let frame = 0
    const draw = () => {
      analyser.getFloatTimeDomainData(samples)
      const level = track.enabled ? soundLevel(samples) : 0
      shown = Math.max(level, shown * 0.92)
      element.style.setProperty('--level', shown.toFixed(3))
      element.setAttribute('aria-valuenow', String(Math.round(shown * 100)))
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('pointerdown', wake)
      element.style.setProperty('--level', '0')
      void context.close()
    }
  }, [track])
  return (
    <div ref={meter} className={styles.meter} role="meter" aria-label={t('studio.level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} data-testid="level-meter">
      <span className={styles.fill} />
    </div>
  )
}
