// A message's words with its links and mentions; text only, whatever it contains.
import { Fragment, memo } from 'react'
import styles from './ChatRow.module.css'
import { splitText } from './splitText.ts'

type Props = { readonly text: string; readonly mentions: readonly string[]; readonly ownName: string | null }

export const ChatText = memo(function ChatText({ text, mentions, ownName }: Props) {
  return splitText(text, mentions).map((part, at) => {
    if (part.type === 'link')
      return (
        <a key={at} href={part.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          {part.text}
        </a>
      )
    if (part.type === 'mention')
      return (
        <span key={at} className={part.name === ownName ? styles.ownMention : styles.mention}>
          {part.text}
        </span>
      )
    return <Fragment key={at}>{part.text}</Fragment>
  })
})
