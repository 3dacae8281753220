// The moment coins arrive: one coin lands, others fly; still where motion is not wanted.
import { CoinIcon } from '../ui/CoinIcon.tsx'
import styles from './CoinBurst.module.css'

const SPARKS = 10

export function CoinBurst() {
  return (
    <span className={styles.burst} aria-hidden="true">
      {Array.from({ length: SPARKS }, (_, index) => (
        <span key={index} className={styles.spark} style={{ rotate: `${(index * 360) / SPARKS}deg`, animationDelay: `${(index % 3) * 60}ms` }}>
          <CoinIcon size={14} />
        </span>
      ))}
      <span className={styles.coin}>
        <CoinIcon size={72} />
      </span>
    </span>
  )
}
