// What leaves the host's computer, second by second.
import { useTranslation } from 'react-i18next'
import type { OutgoingStats } from './readOutgoingStats.ts'
import styles from './StatsPanel.module.css'

export function StatsPanel({ stats }: { readonly stats: OutgoingStats | null }) {
  const { t, i18n } = useTranslation()
  const decimal = (value: number) => new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)
  const none = '–'
  const rows: readonly (readonly [string, string])[] = [
    [t('studio.statBitrate'), stats?.bitrate == null ? none : t('studio.mbps', { value: decimal(stats.bitrate / 1e6) })],
    [t('studio.statFps'), stats === null || stats.width === 0 ? none : t('studio.statFpsValue', { value: stats.fps })],
    [t('studio.statSize'), stats === null || stats.width === 0 ? none : t('studio.incomingSize', { width: stats.width, height: stats.height })],
    [t('studio.statLoss'), stats?.lossPercent == null ? none : `${decimal(stats.lossPercent)} %`],
    [t('studio.statRtt'), stats?.roundTripMs == null ? none : t('studio.ms', { value: stats.roundTripMs })],
    [t('studio.statCodec'), stats?.codec ?? none],
    [t('studio.statLayers'), stats === null || stats.width === 0 ? none : String(stats.layers)],
    [t('studio.statLimited'), stats === null || stats.width === 0 ? none : t(`studio.limit.${stats.limitedBy}`)],
  ]
  return (
    <section className={styles.panel} aria-label={t('studio.stats')} data-testid="studio-stats">
      <h3>{t('studio.stats')}</h3>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
