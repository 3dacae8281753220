// The platform's gift rankings: hosts by what they were given, people by what they gave.
import { Gift, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { RankedPerson, RankingPeriod } from '../../server/contract/gifts.ts'
import { useResource } from '../client/useResource.ts'
import { giftsApi } from '../gifts/giftsApi.ts'
import { RankedRow } from '../gifts/RankedRow.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './RankingsPage.module.css'

const periods: readonly RankingPeriod[] = ['day', 'week', 'all']
const REFRESH_MS = 30_000

export function GiftBoard({ side }: { readonly side: 'host' | 'sender' }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const period = periods.find((name) => name === params.get('period')) ?? 'day'
  const { data, error, loading, reload } = useResource(`gift board ${side} ${period}`, (signal) => giftsApi.platformRanking(side, period, signal), { everyMs: REFRESH_MS })
  const by = side === 'host' ? 'hosts' : 'senders'
  const go = ({ channel, person }: RankedPerson) => void navigate(channel === null ? `/u/${person.name}` : `/c/${channel}`)
  return (
    <>
      <p className={styles.lead}>{t(side === 'host' ? 'gifts.hostsLead' : 'gifts.sendersLead')}</p>
      <nav className={styles.tabs} aria-label={t(`gifts.${by}`)}>
        {periods.map((name) => (
          <Link key={name} to={`/rankings?by=${by}&period=${name}`} replace className={styles.tab} aria-current={name === period ? 'page' : undefined} data-testid={`period-${name}`}>
            {t(`gifts.period.${name}`)}
          </Link>
        ))}
      </nav>
      {data === null && error !== null ? (
        <MessageBox tone="bad" title={failureText(error)} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>} />
      ) : data === null ? (
        <ol className={styles.list} aria-busy="true">
          {Array.from({ length: 8 }, (_, index) => (
            <li key={index} className={`skeleton ${styles.wait}`} />
          ))}
        </ol>
      ) : data.people.length === 0 ? (
        <MessageBox title={t('gifts.rankingEmpty')} icon={<Gift size={28} aria-hidden="true" />} />
      ) : (
        <ol className={styles.list}>
          {data.people.map((ranked) => (
            <li key={ranked.person.id} className={styles.ranked}>
              <RankedRow ranked={ranked} onPress={go} />
            </li>
          ))}
        </ol>
      )}
      {data?.me == null ? null : (
        <div className={styles.me}>
          <RankedRow ranked={data.me} own onPress={go} />
        </div>
      )}
    </>
  )
}
