// One matter of the settings: what it is about, then what to do about it.
import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './SettingsCard.module.css'

type Props = { readonly title: string; readonly lead?: ReactNode; readonly aside?: ReactNode; readonly children?: ReactNode; readonly tone?: 'calm' | 'bad'; readonly testId?: string }

export function SettingsCard({ title, lead, aside, children, tone = 'calm', testId }: Props) {
  const id = useId()
  return (
    <section className={tone === 'bad' ? `${styles.card} ${styles.bad}` : styles.card} aria-labelledby={id} data-testid={testId}>
      <header className={styles.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  )
}
