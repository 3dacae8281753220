// The studio's tabs, by the ARIA pattern: arrows move between them.
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './StudioPage.module.css'

export type Tab<K extends string> = { readonly key: K; readonly label: string; readonly icon: ReactNode }

type Props<K extends string> = { readonly label: string; readonly tabs: readonly Tab<K>[]; readonly chosen: K; readonly onChoose: (key: K) => void }

export function StudioTabs<K extends string>({ label, tabs, chosen, onChoose }: Props<K>) {
  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = tabs[(tabs.findIndex(({ key }) => key === chosen) + step + tabs.length) % tabs.length]
    if (next === undefined) return
    onChoose(next.key)
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next.key}`)?.focus()
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={keyDown}>
      {tabs.map(({ key, label: name, icon }) => (
        <button key={key} id={`tab-${key}`} type="button" role="tab" aria-selected={key === chosen} aria-controls={`panel-${key}`} tabIndex={key === chosen ? 0 : -1} onClick={() => onChoose(key)} data-testid={`tab-${key}`}>
          {icon}
          {name}
        </button>
      ))}
    </div>
  )
}
