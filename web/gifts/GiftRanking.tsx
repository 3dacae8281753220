// Who gave most to a channel, in this show, today, this week and ever; one's own place, and what one is to the host.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RankedPerson, RankingPeriod } from '../../server/contract/gifts.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Sheet } from '../moderation/Sheet.tsx'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { FanCard } from './FanCard.tsx'
import styles from './GiftRanking.module.css'
import { giftsApi } from './giftsApi.ts'
import { RankedRow } from './RankedRow.tsx'

const periods: readonly RankingPeriod[] = ['show', 'day', 'week', 'all']

export function GiftRanking({ channel, onPerson, onClose }: { readonly channel: string; readonly onPerson: (name: string) => void; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me } = useSession()
  const [period, setPeriod] = useState<RankingPeriod>('show')
  const { data, error, loading, reload } = useResource(`gift ranking ${channel} ${period}`, (signal) => giftsApi.ranking(channel, period, signal))
  const press = (ranked: RankedPerson) => onPerson(ranked.person.name)
  return (
    <Sheet label={t('gifts.ranking')} onClose={onClose} testId="gift-ranking">
      <h2 className={styles.title}>{t('gifts.ranking')}</h2>
      <div className={styles.tabs} role="group" aria-label={t('gifts.ranking')}>
        {periods.map((name) => (
          <button key={name} type="button" aria-pressed={name === period} onClick={() => setPeriod(name)} data-testid={`gift-period-${name}`}>
            {t(`gifts.period.${name}`)}
          </button>
        ))}
      </div>
      {data === null ? (
        <div className={styles.wait}>
          {error === null ? (
            <Spinner />
          ) : (
            <>
              <p>{failureText(error)}</p>
              <Button busy={loading} onClick={reload}>
                {t('app.retry')}
              </Button>
            </>
          )}
        </div>
      ) : data.people.length === 0 ? (
        <p className={styles.wait}>{t('gifts.rankingEmpty')}</p>
      ) : (
        <ol className={styles.list}>
          {data.people.map((ranked) => (
            <li key={ranked.person.id}>
              <RankedRow ranked={ranked} onPress={press} />
            </li>
          ))}
        </ol>
      )}
      {me?.user == null || data === null ? null : (
        <div className={styles.me}>{data.me === null ? <p>{t('gifts.ownNone')}</p> : <RankedRow ranked={data.me} own onPress={press} />}</div>
      )}
      {me?.user == null ? null : <FanCard channel={channel} userName={me.user.name} />}
    </Sheet>
  )
}
