// A framed word to the reader: empty states, failures with a way on, hints and warnings.
import type { ReactNode } from 'react'
import styles from './MessageBox.module.css'

type Props = {
  readonly title: string
  readonly children?: ReactNode
  readonly icon?: ReactNode
  readonly actions?: ReactNode
  /** `page` fills a page's middle; `note` is a line among others. */
  readonly size?: 'page' | 'note'
  readonly tone?: 'calm' | 'warn' | 'bad'
  readonly testId?: string
}

export function MessageBox({ title, children, icon, actions, size = 'page', tone = 'calm', testId }: Props) {
  const heading = size === 'page' ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>
  return (
    <div className={`${styles.box} ${styles[size]} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : undefined} data-testid={testId}>
      {icon === undefined ? null : <div className={styles.icon}>{icon}</div>}
      <div className={styles.words}>
        {heading}
        {children === undefined ? null : <div className={styles.body}>{children}</div>}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
