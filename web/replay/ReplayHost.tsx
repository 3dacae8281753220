// Whose broadcast it was, drawn as on the watch page.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './ReplayHost.module.css'

export function ReplayHost({ channel, owner }: { readonly channel: string; readonly owner: string }) {
  const { t } = useTranslation()
  const { data } = useResource(`channel:${channel}`, (signal) => api.channel(channel, signal))
  const name = data?.ownerPerson.displayName ?? owner
  return (
    <Link to={`/u/${owner}`} className={styles.host} aria-label={t('watch.by', { owner: name })}>
      <Avatar name={name} url={data?.ownerPerson.avatarUrl ?? null} size={42} />
      <span className={styles.names}>
        <b>{name}</b>
        <small>@{owner}</small>
      </span>
    </Link>
  )
}
