// A person's picture, or the first letter of the name on a colour of its own.
import { useState } from 'react'
import styles from './Avatar.module.css'

type Props = { readonly name: string; readonly url: string | null; readonly size?: number }

const hueOf = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)

export function Avatar({ name, url, size = 36 }: Props) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <span className={styles.avatar} style={{ width: size, height: size, fontSize: size * 0.44, ['--hue' as string]: hueOf(name) }} aria-hidden="true">
      {url === null || failed === url ? [...name].slice(0, 1).join('').toUpperCase() : <img src={url} alt="" width={size} height={size} loading="lazy" decoding="async" onError={() => setFailed(url)} />}
    </span>
  )
}
