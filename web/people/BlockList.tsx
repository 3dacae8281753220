// The people one has blocked, in the settings, with the way back.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './People.module.css'
import { PeopleListView } from './PeopleListView.tsx'
import { peopleApi } from './peopleApi.ts'

function UnblockButton({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [blocked, setBlocked] = useState(true)
  const [problem, setProblem] = useState<string | null>(null)
  const toggle = async () => {
    try {
      setBlocked((await peopleApi.block(name, !blocked)).blockedByMe)
      setProblem(null)
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
  }
  return (
    <>
      <Button onClick={() => void toggle()}>{t(blocked ? 'people.unblock' : 'people.block')}</Button>
      {problem === null ? null : <span role="alert" className={styles.problem}>{problem}</span>}
    </>
  )
}

export function BlockList() {
  const { t } = useTranslation()
  return (
    <section data-testid="block-list">
      <h2>{t('people.blockList')}</h2>
      <p className={styles.lead}>{t('people.blockListHint')}</p>
      <PeopleListView id="blocks" load={peopleApi.blocks} none={t('people.blockListNone')} action={(row) => <UnblockButton name={row.person.name} />} />
    </section>
  )
}
