// `/settings`: what others see of one: picture, display name, a few words, links.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { BIO_MAX } from '../../server/contract/accounts.ts'
import type { AccountView } from '../../server/contract/accounts.ts'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useSubmit } from '../accounts/useSubmit.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { TextAreaField, TextField } from '../ui/Field.tsx'
import { AvatarPicker } from './AvatarPicker.tsx'
import { LinkFields } from './LinkFields.tsx'
import { Outcome } from './Outcome.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import styles from './SettingsCard.module.css'

export type AccountSectionProps = { readonly account: AccountView; readonly onChanged: (account: AccountView) => void }

export function ProfileSettings({ account, onChanged }: AccountSectionProps) {
  const { t } = useTranslation()
  const { reload } = useSession()
  const submit = useSubmit()
  const [bio, setBio] = useState(account.bio)
  const [links, setLinks] = useState(account.links)
  const fields = submit.failure?.fields ?? {}

  const changed = (answer: AccountView) => {
    onChanged(answer)
    // The header shows the name and the picture too.
    void reload()
  }
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const displayName = String(new FormData(event.currentTarget).get('displayName'))
    const written = links.filter(({ label, url }) => label.trim() !== '' || url.trim() !== '')
    setLinks(written)
    void submit.run(async () => changed(await accountsApi.changeProfile({ displayName, bio, links: [...written] })))
  }
  return (
    <SettingsCard
      title={t('settings.profile.title')}
      lead={t('settings.profile.lead')}
      aside={
        <ButtonLink to={`/u/${account.person.name}`} kind="quiet">
          {t('settings.profile.view')}
        </ButtonLink>
      }
    >
      <AvatarPicker person={account.person} onChanged={changed} />
      <form onSubmit={save} onChange={submit.forget} data-testid="profile-form">
        <TextField
          label={t('settings.profile.displayName')}
          name="displayName"
          defaultValue={account.displayName}
          placeholder={account.person.name}
          maxLength={80}
          autoComplete="nickname"
          hint={t('settings.profile.displayNameHint', { name: account.person.name })}
          error={'displayName' in fields ? t('settings.field.displayName') : null}
        />
        <TextAreaField
          label={t('settings.profile.bio')}
          value={bio}
          onChange={(event) => setBio(event.target.value)}
          rows={4}
          hint={t('settings.profile.bioHint', { used: [...bio.trim()].length, max: BIO_MAX })}
          error={'bio' in fields || [...bio.trim()].length > BIO_MAX ? t('settings.field.bio') : null}
        />
        <LinkFields
          links={links}
          fields={fields}
          onChange={(changedLinks) => {
            setLinks(changedLinks)
            submit.forget()
          }}
        />
        <div className={styles.row}>
          <Button type="submit" kind="primary" busy={submit.busy}>
            {t('app.save')}
          </Button>
          <Outcome submit={submit} done={t('app.saved')} />
        </div>
      </form>
    </SettingsCard>
  )
}
