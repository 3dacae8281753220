// What a viewer reads on the stage while there is no picture to see.
import type { ReactNode } from 'react'
import { CircleAlert, Coffee, Moon, ShieldBan, Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PlayerState } from '../playback/playerState.ts'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './StageMessage.module.css'

const icons: Readonly<Record<Exclude<PlayerState, 'live'>, ReactNode>> = {
  offline: <Moon aria-hidden="true" />,
  starting: <Spinner large />,
  connecting: <Spinner large />,
  reconnecting: <Spinner large />,
  interrupted: <Coffee aria-hidden="true" />,
  ended: <Sparkles aria-hidden="true" />,
  banned: <ShieldBan aria-hidden="true" />,
}

type Props = { readonly state: Exclude<PlayerState, 'live'>; readonly action?: ReactNode }

export function StageMessage({ state, action }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.message}>
      <div className={styles.icon}>{icons[state] ?? <CircleAlert aria-hidden="true" />}</div>
      <p className={styles.title}>{t(`watch.${state}Title`)}</p>
      {state === 'connecting' ? null : <p className={styles.body}>{t(`watch.${state}Body`)}</p>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  )
}
