// A line to copy elsewhere; secrets stay dots until their owner asks.
import { useId, useState } from 'react'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import styles from './CopyField.module.css'

type Props = { readonly label: string; readonly value: string; readonly secret?: boolean; readonly hint?: string; readonly testId: string }

export function CopyField({ label, value, secret = false, hint, testId }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(!secret)
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.row}>
        <input id={id} className={styles.value} type={shown ? 'text' : 'password'} value={value} readOnly autoComplete="off" spellCheck={false} onFocus={(event) => shown && event.target.select()} data-testid={testId} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
        <span className={styles.buttons}>
          {secret ? (
            <Button icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} aria-pressed={shown} onClick={() => setShown(!shown)} data-testid={`${testId}-reveal`}>
              {t(shown ? 'app.hide' : 'app.reveal')}
            </Button>
          ) : null}
          <CopyButton text={value} testId={`${testId}-copy`} />
        </span>
      </div>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
