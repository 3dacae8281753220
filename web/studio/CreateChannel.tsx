// The first visit to the studio: a host names the channel.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../server/contract/http.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { api } from '../client/api.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { ChannelFields } from './ChannelFields.tsx'
import styles from './StudioPage.module.css'

export function CreateChannel({ userName }: { readonly userName: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { setChannel } = useSession()
  const [name, setName] = useState(userName)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed | null>(null)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setFailure(null)
    try {
      setChannel(await api.createChannel({ name: name.trim(), title: String(data.get('title')), category: String(data.get('category')) as Category }))
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
      setBusy(false)
    }
  }
  const taken = failure?.code === 'channel-exists' || failure?.code === 'name-taken'
  const nameError = failure === null ? null : taken ? failureText(failure) : 'name' in failure.fields ? t('field.name') : null
  return (
    <form className={styles.create} onSubmit={(event) => void submit(event)} data-testid="create-channel-form">
      <h1>{t('studio.createTitle')}</h1>
      <p className={styles.lead}>{t('studio.createLead')}</p>
      <TextField
        label={t('studio.channelName')}
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value.toLowerCase())}
        required
        maxLength={32}
        autoCapitalize="none"
        spellCheck={false}
        hint={t('studio.channelAddress', { address: `${location.host}/c/${name}` })}
        error={nameError}
      />
      <ChannelFields errors={failure?.fields ?? {}} />
      {failure === null || nameError !== null || Object.keys(failure.fields).length > 0 ? null : (
        <p className={styles.failure} role="alert">
          {failureText(failure)}
        </p>
      )}
      <Button type="submit" kind="primary" busy={busy} data-testid="create-channel">
        {t(busy ? 'studio.creating' : 'studio.create')}
      </Button>
    </form>
  )
}
