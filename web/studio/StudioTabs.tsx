// The studio's tabs, by the ARIA pattern: arrows move between them.
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './StudioPage.module.css'

export type Tab<K extends string> = { readonly key: K; readonly label: string; readonly icon: ReactNode }

type Props<K extends string> = { readonly label: string; readonly tabs: readonly Tab<K>[]; readonly chosen: K; readonly onChoose: (key: K) => void }

export function StudioTabs<K extends string>({ label, tabs, chosen, onChoose }: Props<K>) {
  const list = useRef<HTMLDivElement>(null)
  // On a phone they are wider than the screen: the chosen one comes into sight.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`#tab-${chosen}`)
    if (list.current && tab) list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2
  }, [chosen])
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
    <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={keyDown}>
      {tabs.map(({ key, label: name, icon }) => (
        <button key={key} id={`tab-${key}`} type="button" role="tab" aria-selected={key === chosen} aria-controls={`panel-${key}`} tabIndex={key === chosen ? 0 : -1} onClick={() => onChoose(key)} data-testid={`tab-${key}`}>
          {icon}
          {name}
        </button>
      ))}
    </div>
  )
}
