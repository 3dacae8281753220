// On the watch page: the way to a channel's guards, with how many there are; the reader's own sign where one is a guard.
import { ShieldPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import styles from './GuardButton.module.css'
import { GuardEmblem } from './GuardEmblem.tsx'
import { guardApi } from './guardApi.ts'

const REFRESH_MS = 60_000

/** @param compact without the word */
export function GuardButton({ channel, compact = false }: { readonly channel: string; readonly compact?: boolean }) {
  const { t, i18n } = useTranslation()
  const { me } = useSession()
  const { data } = useResource(`guard:${channel}:${me?.user?.id ?? ''}`, (signal) => guardApi.view(channel, signal), { everyMs: REFRESH_MS })
  const shown = formatCount(data?.total ?? 0, i18n.language)
  const label = t('guard.buttonCount', { shown })
  return (
    <Link to={`/guard/${encodeURIComponent(channel)}`} className={`${styles.button} ${compact ? styles.compact : ''}`} title={label} aria-label={label} data-testid="guard-button" data-total={data?.total}>
      {data?.me == null ? <ShieldPlus size={18} aria-hidden="true" /> : <GuardEmblem term={data.me.term} size={22} />}
      {compact ? null : t('guard.button')}
      {data === null || data.total === 0 ? null : <span>{shown}</span>}
    </Link>
  )
}
