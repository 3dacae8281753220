// Where the money goes: shown masked, changed by a form.
import { useState } from 'react'
import type { FormEvent } from 'react'
import { BadgeCheck, CircleAlert, Landmark } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { payoutMethods } from '../../server/contract/withdrawal.ts'
import type { PayeeView, PayoutMethod } from '../../server/contract/withdrawal.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import styles from './Income.module.css'
import { incomeApi } from './incomeApi.ts'

type Props = { readonly payee: PayeeView | null; readonly needsName: boolean; readonly onChanged: () => void }

export function PayeeCard({ payee, needsName, onChanged }: Props) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  if (changing || payee === null)
    return (
      <PayeeForm
        method={payee?.method ?? 'bank'}
        onSaved={() => {
          setChanging(false)
          onChanged()
        }}
        onCancel={payee === null ? null : () => setChanging(false)}
      />
    )
  return (
    <div className={styles.payee} data-testid="payee" data-verified={payee.verified}>
      <Landmark size={20} aria-hidden="true" />
      <div>
        <b>{t('income.toAccount', { method: t(`income.methods.${payee.method}`), account: payee.account })}</b>
        <span>{payee.holder}</span>
        {payee.verified ? (
          <span className={styles.good}>
            <BadgeCheck size={14} aria-hidden="true" /> {t('income.verified')}
          </span>
        ) : needsName ? (
          <span className={styles.wait}>
            <CircleAlert size={14} aria-hidden="true" /> {t('income.unverified')}
            <small>{t('income.unverifiedBody')}</small>
          </span>
        ) : null}
      </div>
      <Button kind="quiet" onClick={() => setChanging(true)} data-testid="payee-change">
        {t('income.change')}
      </Button>
    </div>
  )
}

function PayeeForm({ method, onSaved, onCancel }: { readonly method: PayoutMethod; readonly onSaved: () => void; readonly onCancel: (() => void) | null }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setFailure(null)
    try {
      await incomeApi.setPayee({ method: data.get('method') as PayoutMethod, account: String(data.get('account')).trim(), holder: String(data.get('holder')).trim() })
      onSaved()
    } catch (thrown) {
      setFailure(thrown)
      setBusy(false)
    }
  }
  return (
    <form className={styles.payeeForm} onSubmit={(event) => void submit(event)} data-testid="payee-form">
      <div>
        <b>{t('income.payee')}</b>
        <p className={styles.lead}>{onCancel === null ? `${t('income.payeeMissing')} ${t('income.payeeLead')}` : t('income.payeeLead')}</p>
      </div>
      <SelectField label={t('income.method')} name="method" defaultValue={method}>
        {payoutMethods.map((one) => (
          <option key={one} value={one}>
            {t(`income.methods.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('income.account')} name="account" required maxLength={120} autoComplete="off" spellCheck={false} hint={t('income.accountHint')} />
      <TextField label={t('income.holder')} name="holder" required maxLength={80} autoComplete="name" hint={t('income.holderHint')} />
      {failure === null ? null : (
        <p role="alert" className={styles.problem}>
          {failureText(failure)}
        </p>
      )}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" busy={busy} data-testid="payee-save">
          {t('app.save')}
        </Button>
        {onCancel === null ? null : (
          <Button kind="quiet" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
