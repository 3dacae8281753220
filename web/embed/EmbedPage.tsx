// `/embed/:channel`: the player alone, for other sites' pages. `?replay=ID&t=SECONDS` plays a kept broadcast; `autoplay`, `muted`, `controls` take 0 or 1.
import { useState } from 'react'
import { ExternalLink, Play, Tv } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { api } from '../client/api.ts'
import { useResource } from '../client/useResource.ts'
import { EmbedLive } from './EmbedLive.tsx'
import styles from './EmbedPage.module.css'
import { EmbedReplay } from './EmbedReplay.tsx'
import { readEmbedOptions } from './readEmbedOptions.ts'

/** Leads to the full page, outside the other site's frame. */
function BackLink({ path, title }: { readonly path: string; readonly title: string }) {
  const { t } = useTranslation()
  return (
    <a href={path} target="_blank" rel="noopener" className={styles.back} aria-label={t('embed.openChannel', { title })} data-testid="embed-back">
      <span>{title}</span>
      <ExternalLink size={16} aria-hidden="true" />
    </a>
  )
}

function Missing({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  return (
    <div className={styles.missing} data-testid="embed-missing">
      <Tv size={32} aria-hidden="true" />
      <p>{text}</p>
      <a href="/" target="_blank" rel="noopener">
        {t('embed.goTo')}
      </a>
    </div>
  )
}

export function EmbedPage() {
  const { channel: name = '' } = useParams()
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const options = readEmbedOptions(params)
  const [started, setStarted] = useState(options.autoplay)
  const { data: channel, error } = useResource(`embed:${name}`, (signal) => api.channel(name, signal))

  if (channel === null && (error?.code === 'channel-not-found' || error?.code === 'bad-request')) return <Missing text={t('embed.notFound')} />
  const path = options.replay === null ? `/c/${name}` : `/r/${options.replay}`
  const poster = channel?.liveCoverUrl ?? channel?.coverUrl ?? null
  const title = channel?.broadcast?.title ?? channel?.title ?? name
  return (
    <div className={styles.page} data-testid="embed">
      <title>{`${title} · Footlight`}</title>
      <div className={styles.stage}>
        {!started ? (
          <button type="button" className={styles.start} style={poster === null ? undefined : { backgroundImage: `url("${poster}")` }} onClick={() => setStarted(true)} data-testid="embed-start">
            <span>
              <Play size={36} fill="currentColor" aria-hidden="true" />
              {t('embed.play')}
            </span>
          </button>
        ) : options.replay === null ? (
          <EmbedLive channel={name} poster={poster} options={options} />
        ) : (
          <EmbedReplay broadcastId={options.replay} options={options} />
        )}
      </div>
      <BackLink path={path} title={title} />
    </div>
  )
}
