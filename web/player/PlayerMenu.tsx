// A small menu of choices above its button: one is chosen, arrows move, Escape closes.
import { useEffect, useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Check } from 'lucide-react'
import styles from './PlayerMenu.module.css'

export type MenuItem<V> = { readonly value: V; readonly label: string; readonly hint?: string }

type Props<V> = {
  readonly label: string
  readonly shown: ReactNode
  readonly items: readonly MenuItem<V>[]
  readonly value: V
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onChoose: (value: V) => void
  readonly testId: string
}

export function PlayerMenu<V extends string | number>({ label, shown, items, value, open, onOpen, onChoose, testId }: Props<V>) {
  const root = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus()
    const outside = (event: PointerEvent) => {
      if (root.current?.contains(event.target as Node) !== true) onOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, onOpen])

  const close = () => {
    onOpen(false)
    root.current?.querySelector<HTMLElement>('button')?.focus()
  }
  const keyDown = (event: KeyboardEvent) => {
    if (!open) return
    const choices = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]') ?? [])]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') close()
    else if (step !== 0) choices[(choices.indexOf(document.activeElement as HTMLElement) + step + choices.length) % choices.length]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.root} ref={root} onKeyDown={keyDown}>
      <button type="button" className={styles.button} aria-haspopup="menu" aria-expanded={open} aria-controls={id} aria-label={label} title={label} onClick={() => onOpen(!open)} data-testid={testId}>
        {shown}
      </button>
      {open ? (
        <div className={styles.menu} role="menu" id={id} aria-label={label}>
          <p className={styles.title} aria-hidden="true">
            {label}
          </p>
          {items.map((item) => (
            <button
              key={item.value}
              type="button"
              role="menuitemradio"
              aria-checked={item.value === value}
              className={styles.item}
              data-value={item.value}
              onClick={() => {
                onChoose(item.value)
                close()
              }}
            >
              <Check aria-hidden="true" size={16} className={item.value === value ? styles.check : styles.unchecked} />
              <span>
                {item.label}
                {item.hint === undefined ? null : <small>{item.hint}</small>}
              </span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
