// One place of a gift ranking.
import { useTranslation } from 'react-i18next'
import type { RankedPerson } from '../../server/contract/gifts.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './GiftRanking.module.css'

type Props = { readonly ranked: RankedPerson; readonly own?: boolean; readonly onPress: (ranked: RankedPerson) => void }

export function RankedRow({ ranked, own = false, onPress }: Props) {
  const { t } = useTranslation()
  const { rank, person, coins } = ranked
  return (
    <button type="button" className={styles.row} onClick={() => onPress(ranked)} data-testid="ranked" data-name={person.name} data-rank={rank}>
      <span className={styles.place} data-place={rank} aria-label={t('gifts.place', { place: rank })}>
        {rank}
      </span>
      <Avatar name={person.displayName} url={person.avatarUrl} size={36} />
      <span className={styles.name}>
        {person.displayName}
        {own ? <small>{t('gifts.ownPlace')}</small> : null}
      </span>
      <MoneyText amount={coins} currency="coin" size={15} />
    </button>
  )
}
