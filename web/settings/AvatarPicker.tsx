// One's own picture: choose, replace, remove.
import { useRef } from 'react'
import type { ChangeEvent } from 'react'
import { ImageUp, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AVATAR_MAX_BYTES } from '../../server/contract/accounts.ts'
import type { AccountView } from '../../server/contract/accounts.ts'
import type { PersonView } from '../../server/contract/people.ts'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSubmit } from '../accounts/useSubmit.ts'
import { RequestFailed } from '../client/RequestFailed.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './AvatarPicker.module.css'
import { Outcome } from './Outcome.tsx'

const types = ['image/jpeg', 'image/png', 'image/webp']

export function AvatarPicker({ person, onChanged }: { readonly person: PersonView; readonly onChanged: (account: AccountView) => void }) {
  const { t } = useTranslation()
  const submit = useSubmit()
  const input = useRef<HTMLInputElement>(null)

  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    event.target.value = ''
    if (file === undefined) return
    void submit.run(async () => {
      if (file.size > AVATAR_MAX_BYTES) throw new RequestFailed('too-large')
      if (!types.includes(file.type)) throw new RequestFailed('unsupported-media-type')
      onChanged(await accountsApi.putAvatar(file))
    })
  }
  return (
    <div className={styles.picker}>
      <Avatar name={person.displayName} url={person.avatarUrl} size={88} />
      <div className={styles.words}>
        <div className={styles.buttons}>
          <input ref={input} type="file" accept={types.join(',')} hidden onChange={chosen} data-testid="avatar-file" />
          <Button icon={<ImageUp aria-hidden="true" />} busy={submit.busy} onClick={() => input.current?.click()}>
            {t(submit.busy ? 'settings.profile.avatarUploading' : 'settings.profile.avatarChoose')}
          </Button>
          {person.avatarUrl === null || submit.busy ? null : (
            <Button kind="quiet" icon={<Trash2 aria-hidden="true" />} onClick={() => void submit.run(async () => onChanged(await accountsApi.removeAvatar()))} data-testid="avatar-remove">
              {t('settings.profile.avatarRemove')}
            </Button>
          )}
        </div>
        <p className={styles.hint}>{t('settings.profile.avatarHint')}</p>
        <Outcome submit={submit} done={t('app.saved')} />
      </div>
    </div>
  )
}
