// The head of each page of the back office, and its content below.
import type { ReactNode } from 'react'
import styles from './AdminSection.module.css'

type Props = {
  readonly title: string
  /** One sentence on what this page is for. */
  readonly lead?: ReactNode
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly testId?: string
}

export function AdminSection({ title, lead, actions, children, testId }: Props) {
  return (
    <section className={styles.section} data-testid={testId}>
      <title>{`${title} · Footlight`}</title>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
