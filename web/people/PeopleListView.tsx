// A list of people that can be searched and goes on as far as one likes.
import { useDeferredValue, useState } from 'react'
import type { ReactNode } from 'react'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PeoplePage, PersonRow } from '../../server/contract/social.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './People.module.css'
import { PersonItem } from './PersonItem.tsx'

export type PeopleSource = (search: { readonly q: string; readonly after: string | null }, signal?: AbortSignal) => Promise<PeoplePage>

type Props = {
  /** Another key is another list. */
  readonly id: string
  readonly load: PeopleSource
  readonly none: string
  readonly action: (row: PersonRow) => ReactNode
}

export function PeopleListView({ id, load, none, action }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  // Null: nothing was ever typed.
  const [typed, setTyped] = useState<string | null>(null)
  const q = useDeferredValue((typed ?? '').trim())
  const { data, error, reload, replace } = useResource(`${id}:${q}`, (signal) => load({ q, after: null }, signal))
  const [more, setMore] = useState<{ readonly busy: boolean; readonly problem: string | null }>({ busy: false, problem: null })

  const goOn = async () => {
    if (data === null) return
    setMore({ busy: true, problem: null })
    try {
      const page = await load({ q, after: data.next })
      replace({ people: [...data.people, ...page.people], next: page.next })
      setMore({ busy: false, problem: null })
    } catch (thrown) {
      setMore({ busy: false, problem: failureText(thrown) })
    }
  }

  return (
    <div className={styles.list}>
      {/* Nothing to search in nobody. */}
      {typed === null && data?.people.length === 0 ? null : (
        <label className={styles.search}>
          <Search size={18} aria-hidden="true" />
          <input type="search" value={typed ?? ''} maxLength={40} placeholder={t('people.search')} aria-label={t('people.search')} onChange={(event) => setTyped(event.target.value)} />
        </label>
      )}
      {data === null && error !== null ? <MessageBox size="note" tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} /> : null}
      {data !== null && data.people.length === 0 ? <p className={styles.none}>{q === '' ? none : t('people.noneFound')}</p> : null}
      <ul className={styles.items} aria-busy={data === null}>
        {data === null && error === null ? Array.from({ length: 4 }, (_none, index) => <li key={index} className={`skeleton ${styles.itemWait}`} />) : data?.people.map((row) => <PersonItem key={row.person.id} row={row}>{action(row)}</PersonItem>)}
      </ul>
      {data?.next == null ? null : (
        <Button busy={more.busy} onClick={() => void goOn()}>
          {t('people.more')}
        </Button>
      )}
      {more.problem === null ? null : <p role="alert" className={styles.problem}>{more.problem}</p>}
    </div>
  )
}
