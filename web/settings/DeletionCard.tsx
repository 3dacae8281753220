// The end of an account: the password, then one last question.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { accountsApi } from '../accounts/accountsApi.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useSubmit } from '../accounts/useSubmit.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { Outcome } from './Outcome.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import styles from './SettingsCard.module.css'

export function DeletionCard({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { entered } = useSession()
  const navigate = useNavigate()
  const submit = useSubmit()
  const [password, setPassword] = useState('')
  const [asking, setAsking] = useState(false)
  const wrong = submit.failure?.code === 'wrong-password'

  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setAsking(true)
  }
  const remove = () => {
    setAsking(false)
    void submit.run(async () => {
      await accountsApi.deleteAccount(password)
      await navigate('/', { replace: true })
      await entered()
    })
  }
  return (
    <SettingsCard title={t('settings.deletion.title')} lead={t('settings.deletion.lead')} tone="bad" testId="deletion">
      <form onSubmit={ask} onChange={submit.forget}>
        <div className={styles.pair}>
          <PasswordField label={t('settings.deletion.password')} autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} error={wrong ? t('settings.field.wrongPassword') : null} />
        </div>
        <div className={styles.row}>
          <Button type="submit" kind="danger" busy={submit.busy}>
            {t('settings.deletion.start')}
          </Button>
          <Outcome submit={submit} done="" quiet={wrong} />
        </div>
      </form>
      <ConfirmDialog open={asking} title={t('settings.deletion.confirmTitle')} body={t('settings.deletion.confirmBody', { name })} confirm={t('settings.deletion.confirm')} onConfirm={remove} onCancel={() => setAsking(false)} />
    </SettingsCard>
  )
}
