// A gift among the chat's messages: who gave what, how many; a combo is one row that counts up.
import { useTranslation } from 'react-i18next'
import type { GiftLine } from '../../server/contract/gifts.ts'
import { RoleBadge } from '../chat/RoleBadge.tsx'
import { FanBadge } from './FanBadge.tsx'
import styles from './GiftRow.module.css'
import { giftName } from './giftName.ts'

export function GiftRow({ line, own }: { readonly line: GiftLine; readonly own: boolean }) {
  const { t, i18n } = useTranslation()
  const { sender, gift, combo } = line
  return (
    <div className={`${styles.row} ${own ? styles.own : ''}`} data-tier={gift.tier} data-testid="gift-row" data-gift={gift.id} data-count={combo.count}>
      <p className={styles.words}>
        <b>{sender.displayName}</b> <RoleBadge role="viewer" guard={sender.guard} />
        <FanBadge fan={sender.fan} />
        {t('gifts.gave', { gift: giftName(gift.name, i18n.language) })}
      </p>
      <img src={gift.iconUrl} alt="" width={32} height={32} loading="lazy" />
      <span className={styles.count}>×{combo.count}</span>
    </div>
  )
}
