// Followed channels that are not live, small enough not to stand in the way of those that are.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChannelCard } from '../../server/contract/discovery.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './OfflineRow.module.css'

export function OfflineRow({ cards }: { readonly cards: readonly ChannelCard[] }) {
  const { t } = useTranslation()
  if (cards.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="home-offline" data-testid="home-offline">
      <h2 id="home-offline" className={styles.title}>
        {t('discovery.offline')}
      </h2>
      <ul className={styles.row}>
        {cards.map((card) => (
          <li key={card.channel}>
            <Link to={`/c/${card.channel}`} className={styles.person} title={card.title}>
              <span className={styles.pale}>
                <Avatar name={card.owner.displayName} url={card.owner.avatarUrl} size={32} />
              </span>
              <span className={styles.name}>{card.owner.displayName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
