// What one is to this host: the fan level, how far the next one is, and how levels come and go.
import { useTranslation } from 'react-i18next'
import { useResource } from '../client/useResource.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { FanBadge } from './FanBadge.tsx'
import styles from './GiftRanking.module.css'
import { giftsApi } from './giftsApi.ts'

export function FanCard({ channel, userName }: { readonly channel: string; readonly userName: string }) {
  const { t, i18n } = useTranslation()
  const { data } = useResource(`fan ${channel} ${userName}`, (signal) => giftsApi.panel(channel, signal))
  if (data === null) return null
  const { fan, fanNextAt } = data
  return (
    <section className={styles.fan} data-testid="fan-card">
      <h3>
        {t('gifts.fanTitle')} <FanBadge fan={fan} />
      </h3>
      <p>{fan === null ? t('gifts.fanNone') : fanNextAt === null ? null : t('gifts.fanNext', { points: formatAmount(fanNextAt, i18n.language) })}</p>
      <small>{t('gifts.fanHint')}</small>
    </section>
  )
}
