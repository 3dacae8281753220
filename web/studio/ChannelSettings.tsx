// A channel's own matters: title, category, tags, cover, recording.
import { useRef, useState } from 'react'
import type { ChangeEvent, SubmitEvent } from 'react'
import { ImageUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Category, ChannelView } from '../../server/contract/http.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { api } from '../client/api.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { discoveryApi } from '../discovery/discoveryApi.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Cover } from '../ui/Cover.tsx'
import { SwitchField } from '../ui/Field.tsx'
import { ChannelFields } from './ChannelFields.tsx'
import { TicketSettings } from '../tickets/TicketSettings.tsx'
import styles from './ChannelSettings.module.css'
import { TagsField } from './TagsField.tsx'

const COVER_BYTES = 5 * 1024 * 1024
const coverTypes = ['image/jpeg', 'image/png', 'image/webp']

export function ChannelSettings({ channel }: { readonly channel: ChannelView }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { setChannel } = useSession()
  const [doing, setDoing] = useState<'nothing' | 'saving' | 'saved' | 'uploading'>('nothing')
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const [tags, setTags] = useState(channel.tags)

  const change = async (what: 'saving' | 'uploading', action: () => Promise<ChannelView>) => {
    setDoing(what)
    setFailure(null)
    try {
      setChannel(await action())
      setDoing('saved')
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
      setDoing('nothing')
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    void change('saving', async () => {
      const saved = await discoveryApi.saveChannel(channel.name, { title: String(data.get('title')), category: String(data.get('category')) as Category, tags })
      // The server writes tags in its own way.
      setTags(saved.tags)
      return saved
    })
  }
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [picture] = event.target.files ?? []
    event.target.value = ''
    if (picture === undefined) return
    if (picture.size > COVER_BYTES) setFailure(new RequestFailed('too-large'))
    else if (!coverTypes.includes(picture.type)) setFailure(new RequestFailed('unsupported-media-type'))
    else void change('uploading', () => api.putCover(channel.name, picture))
  }

  return (
    <div className={styles.grid}>
      <form className={styles.card} onSubmit={submit} onChange={() => setDoing('nothing')} data-testid="channel-settings">
        <h2>{t('studio.settingsTitle')}</h2>
        <ChannelFields title={channel.title} category={channel.category} errors={failure?.fields ?? {}} />
        <TagsField tags={tags} onChange={setTags} error={Object.keys(failure?.fields ?? {}).some((field) => field.startsWith('tags')) ? t('discovery.tagsError') : null} />
        <SwitchField label={t('studio.record')} hint={t('studio.recordHint')} name="record" checked={channel.record} disabled={doing === 'saving'} onChange={(event) => void change('saving', () => api.changeChannel(channel.name, { record: event.target.checked }))} />
        <div className={styles.row}>
          <Button type="submit" kind="primary" busy={doing === 'saving'}>
            {t('app.save')}
          </Button>
          <span role="status" className={failure === null ? styles.saved : styles.failure}>
            {failure !== null ? failureText(failure) : doing === 'saved' ? t('app.saved') : ''}
          </span>
        </div>
      </form>
      <div className={styles.side}>
        <TicketSettings channel={channel} />
        <section className={styles.card}>
          <h2>{t('studio.cover')}</h2>
          <Cover url={channel.coverUrl} />
          <p className={styles.hint}>{t('studio.coverHint')}</p>
          <input ref={file} type="file" accept={coverTypes.join(',')} hidden onChange={chosen} data-testid="cover-file" />
          <Button icon={<ImageUp aria-hidden="true" />} busy={doing === 'uploading'} onClick={() => file.current?.click()}>
            {t(doing === 'uploading' ? 'studio.coverUploading' : 'studio.coverChoose')}
          </Button>
        </section>
      </div>
    </div>
  )
}
