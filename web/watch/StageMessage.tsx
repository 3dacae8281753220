// What a viewer reads on the stage while there is no picture to see.
import type { ReactNode } from 'react'
import { CircleAlert, Coffee, Moon, ShieldBan, Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PlayerState } from '../playback/playerState.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useNow } from '../i18n/useNow.ts'
import type { Ban } from '../playback/Ban.ts'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './StageMessage.module.css'

/** A picture needs no words, and a ticket has its own. */
type Message = Exclude<PlayerState, 'live' | 'ticket'>

const icons: Readonly<Record<Message, ReactNode>> = {
  offline: <Moon aria-hidden="true" />,
  starting: <Spinner large />,
  connecting: <Spinner large />,
  reconnecting: <Spinner large />,
  interrupted: <Coffee aria-hidden="true" />,
  ended: <Sparkles aria-hidden="true" />,
  banned: <ShieldBan aria-hidden="true" />,
}

/** A longer ban is told by its date alone. */
const COUNTED_MS = 86_400_000

function BanText({ ban }: { readonly ban: Ban }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const left = ban.until === null ? null : Date.parse(ban.until) - now
  return (
    <div className={styles.body} data-testid="stage-ban" data-until={ban.until ?? 'forever'}>
      <p>{ban.until === null ? t('watch.bannedBody') : t('watch.bannedUntil', { until: formatWhen(ban.until, i18n.language) })}</p>
      {left === null || left <= 0 || left > COUNTED_MS ? null : <p role="timer">{t('watch.bannedLeft', { left: formatDuration(left + 999) })}</p>}
      {ban.reason === '' ? null : <p>{t('watch.bannedReason', { reason: ban.reason })}</p>}
    </div>
  )
}

type Props = { readonly state: Message; readonly ban: Ban | null; readonly action?: ReactNode }

export function StageMessage({ state, ban, action }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.message}>
      <div className={styles.icon}>{icons[state] ?? <CircleAlert aria-hidden="true" />}</div>
      <p className={styles.title}>{t(`watch.${state}Title`)}</p>
      {state === 'banned' && ban !== null ? <BanText ban={ban} /> : state === 'connecting' ? null : <p className={styles.body}>{t(`watch.${state}Body`)}</p>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  )
}
