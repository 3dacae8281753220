// Says beside a button how its action went.
import type { Submit } from '../accounts/useSubmit.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import styles from './SettingsCard.module.css'

type Props = {
  readonly submit: Submit
  readonly done: string
  /** The failure is shown at a field already. */
  readonly quiet?: boolean
}

export function Outcome({ submit, done, quiet = false }: Props) {
  const failureText = useFailureText()
  const failed = submit.failure !== null && !quiet
  return (
    <span role="status" className={failed ? styles.failure : styles.good}>
      {failed ? failureText(submit.failure) : submit.done ? done : ''}
    </span>
  )
}
