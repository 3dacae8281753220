// Who the card is about: picture, names, role here, what they say of themselves, and how many follow.
import { BadgeCheck, Crown, Shield } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChannelPersonView } from '../../../server/contract/moderation.ts'
import type { ProfileView } from '../../../server/contract/social.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './CardHead.module.css'

const badges = { moderator: Shield, host: Crown, operator: BadgeCheck, admin: BadgeCheck } as const

type Props = { readonly name: string; readonly here: ChannelPersonView | null; readonly profile: ProfileView | null }

export function CardHead({ name, here, profile }: Props) {
  const { t } = useTranslation()
  const person = here?.person ?? profile?.person ?? null
  const role = here?.role ?? 'viewer'
  const Badge = role === 'viewer' || role === 'visitor' ? null : badges[role]
  return (
    <header className={styles.head}>
      <Avatar name={person?.displayName ?? name} url={person?.avatarUrl ?? null} size={64} />
      <div className={styles.words}>
        <h2 data-testid="card-name">{person?.displayName ?? name}</h2>
        <p className={styles.line}>
          <span>@{name}</span>
          {Badge === null ? null : (
            <span className={styles.badge} data-testid="card-role" data-role={role}>
              <Badge size={12} aria-hidden="true" />
              {t(`moderation.role.${role}`)}
            </span>
          )}
        </p>
        {profile === null ? null : <p className={styles.count}>{t('moderation.followers', { count: profile.followers })}</p>}
      </div>
      {profile === null || profile.bio === '' ? null : <p className={styles.bio}>{profile.bio}</p>}
    </header>
  )
}
