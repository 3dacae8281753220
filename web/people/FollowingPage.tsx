// `/following`: the channels one follows, live ones first.
import { Eye, Heart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FollowedLive } from '../../server/contract/social.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Cover } from '../ui/Cover.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { FollowButton } from './FollowButton.tsx'
import styles from './People.module.css'
import { PeopleListView } from './PeopleListView.tsx'
import { peopleApi } from './peopleApi.ts'

const REFRESH_MS = 15_000

function LiveNow({ live }: { readonly live: FollowedLive }) {
  const { t, i18n } = useTranslation()
  const { person, channel, title, viewers, coverUrl } = live
  return (
    <Link to={`/c/${channel}`} className={styles.liveCard} data-testid="followed-live" data-channel={channel}>
      <Cover url={coverUrl}>
        <span className={styles.liveTop}>
          <LiveBadge state="live" />
        </span>
      </Cover>
      <span className={styles.liveWords}>
        <Avatar name={person.displayName} url={person.avatarUrl} />
        <span className={styles.names}>
          <span className={styles.display}>{title}</span>
          <span className={styles.handle}>
            {person.displayName} · <Eye size={13} aria-hidden="true" style={{ display: 'inline' }} /> {t('viewers', { count: viewers, shown: formatCount(viewers, i18n.language) })}
          </span>
        </span>
      </span>
    </Link>
  )
}

function Following({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { data: live } = useResource('followed-live', peopleApi.followedLive, { everyMs: REFRESH_MS })
  return (
    <>
      <h1>{t('people.followingTitle')}</h1>
      <p className={styles.lead}>{t('people.followingLead')}</p>
      <h2>{t('people.live')}</h2>
      {live === null ? null : live.length === 0 ? (
        <p className={styles.none}>{t('people.nobodyLive')}</p>
      ) : (
        <ul className={styles.grid}>
          {live.map((one) => (
            <li key={one.channel}>
              <LiveNow live={one} />
            </li>
          ))}
        </ul>
      )}
      <h2>{t('people.everyone')}</h2>
      <PeopleListView id="my-following" load={(search, signal) => peopleApi.list(name, 'following', search, signal)} none={t('people.followNobody')} action={(row) => <FollowButton name={row.person.name} relation={row} />} />
    </>
  )
}

export function FollowingPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  return (
    <div className={styles.page}>
      <title>{`${t('people.followingTitle')} · Footlight`}</title>
      {me === null ? null : me.user === null ? (
        <MessageBox title={t('people.logInTitle')} icon={<Heart size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/login?next=/following">{t('app.logIn')}</ButtonLink>} />
      ) : (
        <Following name={me.user.name} />
      )}
    </div>
  )
}
