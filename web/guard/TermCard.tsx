// One term that can be bought: its sign, its price, and what one gets for it.
import { BadgeCheck, Check, Crown, Gift, MessagesSquare, Sparkles, Trophy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { guardDays, guardTerms } from '../../server/contract/guard.ts'
import type { GuardTerm, GuardView } from '../../server/contract/guard.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { GuardEmblem } from './GuardEmblem.tsx'
import styles from './TermCard.module.css'

type Props = { readonly term: GuardTerm; readonly view: GuardView; readonly onChoose: () => void }

/** What buying this term is to somebody who is a guard already, or not yet. */
function deedOf(term: GuardTerm, mine: GuardTerm | null): 'become' | 'renew' | 'upgrade' | 'add' {
  if (mine === null) return 'become'
  const step = guardTerms.indexOf(term) - guardTerms.indexOf(mine)
  return step === 0 ? 'renew' : step > 0 ? 'upgrade' : 'add'
}

export function TermCard({ term, view, onChoose }: Props) {
  const { t } = useTranslation()
  const { me, own, coins, channel } = view
  const perks = [
    { icon: BadgeCheck, text: t('guard.perkBadge') },
    { icon: Sparkles, text: t(`guard.perkEntrance.${term}`) },
    { icon: Gift, text: t('guard.perkGifts') },
    { icon: MessagesSquare, text: t('guard.perkChat') },
    ...(term === 'year' ? [{ icon: Crown, text: t('guard.perkMute') }, { icon: Trophy, text: t('guard.perkTop') }] : []),
  ]
  return (
    <article className={styles.card} data-term={term} data-testid={`guard-term-${term}`}>
      {me?.term === term ? <Check size={18} className={styles.check} aria-hidden="true" /> : null}
      <GuardEmblem term={term} size={76} />
      <h2>{t(`guard.term.${term}`)}</h2>
      <p className={styles.days}>{t('guard.days', { count: guardDays[term] })}</p>
      <p className={styles.price}>
        <MoneyText amount={view.prices[term]} currency="coin" size={22} />
      </p>
      <ul aria-label={t('guard.perks')}>
        {perks.map(({ icon: Icon, text }) => (
          <li key={text}>
            <Icon size={16} aria-hidden="true" />
            {text}
          </li>
        ))}
      </ul>
      {own ? null : coins === null ? (
        <ButtonLink kind="plain" wide to={`/login?next=${encodeURIComponent(`/guard/${channel}`)}`} data-testid="guard-log-in">
          {t('guard.logIn')}
        </ButtonLink>
      ) : (
        <Button kind={term === 'year' || me?.term === term ? 'primary' : 'plain'} wide onClick={onChoose} data-testid={`guard-buy-${term}`}>
          {t(`guard.${deedOf(term, me?.term ?? null)}`)}
        </Button>
      )}
    </article>
  )
}
