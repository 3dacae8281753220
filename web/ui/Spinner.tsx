// Shows that something is under way.
import styles from './Spinner.module.css'

export function Spinner({ large = false }: { readonly large?: boolean }) {
  return <span className={large ? `${styles.spinner} ${styles.large}` : styles.spinner} aria-hidden="true" />
}
