// One person in a list: picture, names, how the two stand, and what to do about it.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PersonRow } from '../../server/contract/social.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import styles from './People.module.css'

export function PersonItem({ row, children }: { readonly row: PersonRow; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { person, channel, live, friend, followsMe } = row
  return (
    <li className={styles.item} data-testid="person" data-name={person.name}>
      <Link to={`/u/${person.name}`} className={styles.who}>
        <Avatar name={person.displayName} url={person.avatarUrl} size={44} />
        <span className={styles.names}>
          <span className={styles.display}>{person.displayName}</span>
          <span className={styles.handle}>
            @{person.name}
            {friend || followsMe ? <span className={styles.tag}>{t(friend ? 'people.friend' : 'people.followsYou')}</span> : null}
          </span>
        </span>
      </Link>
      {live && channel !== null ? (
        <Link to={`/c/${channel}`} className={styles.live} aria-label={`${person.displayName}: ${t('people.live')}`}>
          <LiveBadge state="live" />
        </Link>
      ) : null}
      {children}
    </li>
  )
}
