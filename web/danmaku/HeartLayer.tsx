// Hearts that rise over the picture when somebody likes it: few enough for any device, none that move where less motion is wanted.
import { useEffect, useRef } from 'react'
import type { LikeCounter } from '../chat/LikeCounter.ts'
import styles from './HeartLayer.module.css'
import { useReducedMotion } from './useReducedMotion.ts'

const AT_ONCE = 24
const PER_FACT = 6
const RISE_MS = 2_200
const colors = ['#ff5a6e', '#ff8a5c', '#ffc65c', '#c98bff', '#ff7ac0']

function fly(root: HTMLElement, own: boolean, calm: boolean): void {
  if (root.childElementCount >= AT_ONCE || document.visibilityState === 'hidden') return
  const heart = document.createElement('span')
  heart.className = styles.heart ?? ''
  heart.textContent = '♥'
  heart.style.color = (own ? undefined : colors[Math.floor(Math.random() * colors.length)]) ?? '#ff5a6e'
  heart.dataset['testid'] = 'heart'
  root.append(heart)
  const sway = (Math.random() - 0.5) * 80
  const frames: Keyframe[] = calm
    ? [{ opacity: 0 }, { opacity: 1, offset: 0.2 }, { opacity: 0 }]
    : [
        { transform: 'translate3d(0,0,0) scale(0.4)', opacity: 0 },
        { transform: `translate3d(${sway * 0.3}px,-40px,0) scale(${own ? 1.3 : 1})`, opacity: 1, offset: 0.2 },
        { transform: `translate3d(${sway}px,-${160 + Math.random() * 80}px,0) scale(0.9)`, opacity: 0 },
      ]
  heart.animate(frames, { duration: RISE_MS, easing: 'ease-out' }).onfinish = () => heart.remove()
}

export function HeartLayer({ likes }: { readonly likes: LikeCounter }) {
  const root = useRef<HTMLDivElement>(null)
  const calm = useReducedMotion()
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const stop = likes.onHearts((count, own) => {
      // A batch of others' likes came within half a second, and rises within the next.
      const shown = own ? 1 : Math.min(PER_FACT, count)
      for (let at = 0; at < shown; at++) {
        const timer = setTimeout(() => {
          timers.delete(timer)
          if (root.current !== null) fly(root.current, own, calm)
        }, (at * 500) / shown)
        timers.add(timer)
      }
    })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [likes, calm])
  return <div ref={root} className={styles.layer} aria-hidden="true" data-testid="heart-layer" />
}
