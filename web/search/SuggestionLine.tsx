// One suggestion: a channel, a tag or a person.
import { Hash } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '../../server/contract/discovery.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './SearchBox.module.css'

export function pathOf(suggestion: Suggestion): string {
  if (suggestion.kind === 'channel') return `/c/${suggestion.channel}`
  return suggestion.kind === 'tag' ? `/?tag=${encodeURIComponent(suggestion.tag)}` : `/u/${suggestion.person.name}`
}

export function SuggestionLine({ suggestion }: { readonly suggestion: Suggestion }) {
  const { t } = useTranslation()
  if (suggestion.kind === 'tag')
    return (
      <>
        <span className={styles.sign}>
          <Hash size={16} aria-hidden="true" />
        </span>
        <span className={styles.main}>{suggestion.tag}</span>
        <span className={styles.side}>{t('discovery.search.tagChannels', { count: suggestion.channels })}</span>
      </>
    )
  const person = suggestion.kind === 'channel' ? suggestion.owner : suggestion.person
  return (
    <>
      <Avatar name={person.displayName} url={person.avatarUrl} size={28} />
      <span className={styles.two}>
        <span className={styles.main}>{person.displayName}</span>
        <span className={styles.sub}>{suggestion.kind === 'channel' ? suggestion.title : `@${person.name}`}</span>
      </span>
      {suggestion.kind === 'channel' && suggestion.live ? <span className={styles.live}>{t('discovery.search.live')}</span> : null}
    </>
  )
}
