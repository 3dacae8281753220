// The banners of who gives what: at the lower left of the stage, or above a phone's chat.
import { useTranslation } from 'react-i18next'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './BannerList.module.css'
import { giftName } from './giftName.ts'
import type { GiftShow } from './GiftShow.ts'
import { useGiftSnapshot } from './useGiftShow.ts'

export function BannerList({ show, place }: { readonly show: GiftShow; readonly place: 'stage' | 'chat' | 'replay' }) {
  const { t, i18n } = useTranslation()
  const { banners } = useGiftSnapshot(show)
  return (
    <div className={`${styles.list} ${styles[place]}`} aria-hidden="true" data-testid={`gift-banners-${place}`}>
      {banners.map(({ key, line, count, pops, own }) => (
        <div key={key} className={`${styles.banner} ${own ? styles.own : ''}`} data-tier={line.gift.tier} data-testid="gift-banner" data-count={count} data-gift={line.gift.id}>
          <Avatar name={line.sender.displayName} url={line.sender.avatarUrl} size={line.gift.tier > 1 ? 40 : 34} />
          <span className={styles.words}>
            <b>{line.sender.displayName}</b>
            <small>{t('gifts.gave', { gift: giftName(line.gift.name, i18n.language) })}</small>
          </span>
          <img className={styles.icon} src={line.gift.iconUrl} alt="" width={52} height={52} />
          <span key={pops} className={styles.count}>
            <i>×</i>
            {count}
          </span>
        </div>
      ))}
    </div>
  )
}
