// How long and how much somebody stands by a host: a level, grey when they have been away.
import { HeartPulse } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FanBadge as Badge } from '../../server/contract/gifts.ts'
import styles from './FanBadge.module.css'

/** A colour for each ten levels. */
const bandOf = (level: number) => Math.min(4, Math.floor((level - 1) / 6))

export function FanBadge({ fan }: { readonly fan: Badge | null }) {
  const { t } = useTranslation()
  if (fan === null || fan.level < 1) return null
  const words = t(fan.lit ? 'gifts.fanLevel' : 'gifts.fanLevelGrey', { level: fan.level })
  return (
    <span className={`${styles.badge} ${fan.lit ? '' : styles.grey}`} data-band={bandOf(fan.level)} title={words} aria-label={words} role="img" data-testid="fan-badge" data-level={fan.level}>
      <HeartPulse size={11} aria-hidden="true" />
      {fan.level}
    </span>
  )
}
