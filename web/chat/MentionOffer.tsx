// Names that an @ may mean, above the composer.
import { useTranslation } from 'react-i18next'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './Composer.module.css'
import type { Known } from './mentionAt.ts'

type Props = { readonly offers: readonly Known[]; readonly chosen: number; readonly onTake: (name: string) => void }

export function MentionOffer({ offers, chosen, onTake }: Props) {
  const { t } = useTranslation()
  return (
    <ul className={styles.offers} role="listbox" aria-label={t('chat.mentionWho')} data-testid="mention-offer">
      {offers.map(({ name, displayName, avatarUrl }, at) => (
        <li key={name} role="option" aria-selected={at === chosen}>
          {/* Before the field loses its focus. */}
          <button type="button" tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={() => onTake(name)}>
            <Avatar name={displayName} url={avatarUrl} size={22} />
            <b>{displayName}</b>
            <span>@{name}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
