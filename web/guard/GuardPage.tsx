// `/guard/:channel`: becoming a guard, and who the guards are.
import { useState } from 'react'
import { ArrowLeft, ShieldQuestion, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { guardTerms } from '../../server/contract/guard.ts'
import type { GuardBought, GuardStanding, GuardTerm, GuardView } from '../../server/contract/guard.ts'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { GuardEmblem } from './GuardEmblem.tsx'
import { GuardList } from './GuardList.tsx'
import styles from './GuardPage.module.css'
import { GuardSheet } from './GuardSheet.tsx'
import { guardApi } from './guardApi.ts'
import { TermCard } from './TermCard.tsx'

function useDay(): (iso: string) => string {
  const { i18n } = useTranslation()
  return (iso) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(iso))
}

/** What the reader is to the host, and until when. */
function OwnStanding({ standing, name }: { readonly standing: GuardStanding; readonly name: string }) {
  const { t } = useTranslation()
  const day = useDay()
  return (
    <div className={styles.mine} data-term={standing.term} data-testid="guard-mine">
      <GuardEmblem term={standing.term} size={52} />
      <div>
        <b>
          {t('guard.mine', { term: t(`guard.term.${standing.term}`) })} <span>{t('guard.mineUntil', { date: day(standing.termUntil) })}</span>
        </b>
        <small>
          {t('guard.mineSince', { name, date: day(standing.since) })} {standing.until === standing.termUntil ? '' : t('guard.mineThen', { date: day(standing.until) })}
        </small>
      </div>
    </div>
  )
}

function Guarding({ view, onBought }: { readonly view: GuardView; readonly onBought: (bought: GuardBought) => void }) {
  const { t, i18n } = useTranslation()
  const [buying, setBuying] = useState<GuardTerm | null>(null)
  const { host, me, own } = view
  const name = host.displayName
  return (
    <>
      <header className={styles.hero}>
        <Link to={`/c/${view.channel}`} className={styles.back}>
          <ArrowLeft size={18} aria-hidden="true" />
          {t('guard.toChannel')}
        </Link>
        <div className={styles.host}>
          <span className={styles.ring}>
            <Avatar name={name} url={host.avatarUrl} size={88} />
          </span>
          <div>
            <h1>{t('guard.title', { name })}</h1>
            <p>{own ? t('guard.own') : t('guard.lead', { name })}</p>
            <p className={styles.total} data-testid="guard-total" data-total={view.total}>
              {t('guard.total', { count: view.total, shown: formatCount(view.total, i18n.language) })}
            </p>
          </div>
        </div>
        {me === null ? null : <OwnStanding standing={me} name={name} />}
      </header>
      <section aria-label={t('guard.choose')}>
        <div className={styles.terms}>
          {guardTerms.map((term) => (
            <TermCard key={term} term={term} view={view} onChoose={() => setBuying(term)} />
          ))}
        </div>
        <p className={styles.rule}>{t('guard.rule')}</p>
      </section>
      {buying === null ? null : <GuardSheet term={buying} view={view} onBought={onBought} onClose={() => setBuying(null)} />}
    </>
  )
}

export function GuardPage() {
  const { channel = '' } = useParams()
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data: view, error, loading, reload } = useResource(`guard:${channel}`, (signal) => guardApi.view(channel, signal))
  const [turn, setTurn] = useState(0)

  if (view === null && error !== null) {
    const missing = error.code === 'channel-not-found' || error.code === 'bad-request'
    return (
      <div className={styles.page}>
        {missing ? (
          <MessageBox title={t('guard.notFoundTitle')} icon={<ShieldQuestion size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}>
            {t('guard.notFoundBody')}
          </MessageBox>
        ) : (
          <MessageBox tone="bad" title={failureText(error)} icon={<WifiOff size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>} />
        )}
      </div>
    )
  }
  return (
    <div className={styles.page}>
      <title>{view === null ? 'Footlight' : `${t('guard.title', { name: view.host.displayName })} · Footlight`}</title>
      {view === null ? (
        <div className={`skeleton ${styles.wait}`} role="status" aria-label={t('app.loading')} />
      ) : (
        <>
          <Guarding
            view={view}
            onBought={() => {
              reload()
              setTurn((old) => old + 1)
            }}
          />
          <GuardList channel={channel} name={view.host.displayName} turn={turn} />
        </>
      )}
    </div>
  )
}
