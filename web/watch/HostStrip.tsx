// Above a phone's chat: whose room this is, what is on, how many watch, and the way to follow.
import { Suspense } from 'react'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChannelView } from '../../server/contract/http.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './HostStrip.module.css'

const GuardButton = lazyPart(() => import('../guard/GuardButton.tsx').then((button) => ({ default: button.GuardButton })))
const FollowButton = lazyPart(() => import('../people/FollowButton.tsx').then((button) => ({ default: button.FollowButton })))

const TopGivers = lazyPart(() => import('../gifts/TopGivers.tsx').then((top) => ({ default: top.TopGivers })))

type Props = { readonly channel: ChannelView; readonly title: string; /** Null: nothing is on. */ readonly viewers: number | null; readonly onFollow: () => void; readonly onPerson: (name: string) => void }

export function HostStrip({ channel, title, viewers, onFollow, onPerson }: Props) {
  const { t, i18n } = useTranslation()
  const { owner, ownerPerson } = channel
  return (
    <div className={styles.strip} data-testid="host-strip">
      <Link to={`/u/${owner}`} className={styles.host} aria-label={t('watch.by', { owner: ownerPerson.displayName })}>
        <Avatar name={ownerPerson.displayName} url={ownerPerson.avatarUrl} size={36} />
      </Link>
      <div className={styles.words}>
        <b>{title}</b>
        <small>
          <span className={styles.name}>{ownerPerson.displayName}</span>
          {viewers === null ? null : (
            <span className={styles.viewers} aria-label={t('viewers', { count: viewers, shown: formatCount(viewers, i18n.language) })}>
              <Eye size={14} aria-hidden="true" />
              {formatCount(viewers, i18n.language)}
            </span>
          )}
        </small>
      </div>
      <Suspense>
        {viewers === null ? null : <TopGivers channel={channel.name} onPerson={onPerson} />}
        <GuardButton channel={channel.name} compact />
        <FollowButton name={owner} compact onChange={onFollow} />
      </Suspense>
    </div>
  )
}
