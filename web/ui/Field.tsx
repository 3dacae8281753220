// A labelled input with its hint and its error, tied together for screen readers.
import { useId } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import styles from './Field.module.css'

type Common = { readonly label: string; readonly hint?: ReactNode; readonly error?: string | null }

function Frame({ id, label, hint, error, children }: Common & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error == null ? null : (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      {hint === undefined || error != null ? null : (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

const described = (id: string, { hint, error }: Omit<Common, 'label'>) => (error != null ? `${id}-error` : hint === undefined ? undefined : `${id}-hint`)

export function TextField({ label, hint, error, trailing, ...input }: Common & { readonly trailing?: ReactNode } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <span className={styles.control}>
        <input {...input} id={id} className={styles.input} aria-invalid={error != null || undefined} aria-describedby={described(id, { hint, error })} />
        {trailing === undefined ? null : <span className={styles.trailing}>{trailing}</span>}
      </span>
    </Frame>
  )
}

export function TextAreaField({ label, hint, error, ...area }: Common & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea {...area} id={id} className={styles.input} aria-invalid={error != null || undefined} aria-describedby={described(id, { hint, error })} />
    </Frame>
  )
}

export function SelectField({ label, hint, error, children, ...select }: Common & ComponentProps<'select'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select {...select} id={id} className={styles.input} aria-invalid={error != null || undefined} aria-describedby={described(id, { hint, error })}>
        {children}
      </select>
    </Frame>
  )
}

export function SwitchField({ label, hint, ...input }: { readonly label: string; readonly hint?: string } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className={styles.switch}>
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
      <input {...input} id={id} type="checkbox" role="switch" aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
    </div>
  )
}
