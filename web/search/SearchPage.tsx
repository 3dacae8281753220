// `/search?q=`: channels, shows and people found by a word.
import { Hash, SearchX, Search as SearchIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { SearchView } from '../../server/contract/discovery.ts'
import { useResource } from '../client/useResource.ts'
import { discoveryApi } from '../discovery/discoveryApi.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { LiveCardItem, LiveCardSkeleton } from '../home/LiveCardItem.tsx'
import { FollowButton } from '../people/FollowButton.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Cover } from '../ui/Cover.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './SearchPage.module.css'

function Found({ view }: { readonly view: SearchView }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { channels, tags, people, replays } = view
  if (channels.length + tags.length + people.length + replays.length === 0)
    return (
      <MessageBox title={t('discovery.search.nothing')} icon={<SearchX size={28} aria-hidden="true" />} testId="search-nothing">
        {t('discovery.search.nothingBody')}
      </MessageBox>
    )
  return (
    <>
      {tags.length === 0 ? null : (
        <ul className={styles.tags} aria-label={t('discovery.search.tags')}>
          {tags.map(({ tag, channels: count }) => (
            <li key={tag}>
              <Link to={`/?tag=${encodeURIComponent(tag)}`} className={styles.tag}>
                <Hash size={14} aria-hidden="true" />
                {tag}
                <span>{t('discovery.search.tagChannels', { count })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {channels.length === 0 ? null : (
        <section className={styles.section} data-testid="found-channels">
          <h2>{t('discovery.search.channels')}</h2>
          <ul className={styles.grid}>
            {channels.map((card) => (
              <li key={card.channel}>
                <LiveCardItem card={card} now={now} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {people.length === 0 ? null : (
        <section className={styles.section} data-testid="found-people">
          <h2>{t('discovery.search.people')}</h2>
          <ul className={styles.people}>
            {people.map((person) => (
              <li key={person.id} className={styles.person}>
                <Link to={`/u/${person.name}`} className={styles.personLink}>
                  <Avatar name={person.displayName} url={person.avatarUrl} size={44} />
                  <span className={styles.names}>
                    <strong>{person.displayName}</strong>
                    <span>@{person.name}</span>
                  </span>
                </Link>
                <FollowButton name={person.name} compact />
              </li>
            ))}
          </ul>
        </section>
      )}
      {replays.length === 0 ? null : (
        <section className={styles.section} data-testid="found-replays">
          <h2>{t('discovery.search.replays')}</h2>
          <ul className={styles.grid}>
            {replays.map((replay) => (
              <li key={replay.broadcastId}>
                <Link to={`/r/${replay.broadcastId}`} className={styles.replay}>
                  <Cover url={replay.posterUrl}>
                    <span className={styles.length}>{formatDuration(replay.durationMs)}</span>
                  </Cover>
                  <span className={styles.replayTitle}>{replay.title}</span>
                  <span className={styles.by}>
                    {replay.owner.displayName} · {formatWhen(replay.startedAt, i18n.language)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

export function SearchPage() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [params] = useSearchParams()
  const query = (params.get('q') ?? '').trim()
  const { data, error, loading, reload } = useResource(`search:${query}`, (signal) => discoveryApi.search(query, signal))
  const title = query === '' ? t('discovery.search.title') : t('discovery.search.results', { query })
  return (
    <div className={styles.page} data-testid="search-page">
      <title>{`${title} · Footlight`}</title>
      <h1>{title}</h1>
      {query === '' ? (
        <MessageBox title={t('discovery.search.start')} icon={<SearchIcon size={28} aria-hidden="true" />}>
          {t('discovery.search.startBody')}
        </MessageBox>
      ) : data !== null ? (
        <Found view={data} />
      ) : error !== null ? (
        <MessageBox tone="bad" title={failureText(error)} icon={<SearchX size={28} aria-hidden="true" />} actions={<Button busy={loading} onClick={reload}>{t('app.retry')}</Button>} />
      ) : (
        <ul className={styles.grid} aria-busy="true">
          {Array.from({ length: 8 }, (_, index) => (
            <li key={index}>
              <LiveCardSkeleton />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
