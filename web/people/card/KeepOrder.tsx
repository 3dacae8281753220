// The tools of a moderator on the card: choose one, say how long and why, confirm once.
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { Ban, DoorOpen, Eraser, MicOff, ShieldMinus, ShieldPlus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ChannelPersonView } from '../../../server/contract/moderation.ts'
import { useSockets } from '../../client/SocketProvider.tsx'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import styles from './KeepOrder.module.css'
import { keep, lengthsOf, toolsFor } from './keepingActs.ts'
import type { KeepingTool, Length } from './keepingActs.ts'
import { useLengthText } from './useLengthText.ts'

const icons = { mute: MicOff, kick: DoorOpen, ban: Ban, deleteMessage: Trash2, deleteAll: Eraser, makeModerator: ShieldPlus, removeModerator: ShieldMinus } as const
const explained = { mute: 'explainMute', kick: 'explainKick', ban: 'explainBan', deleteMessage: 'explainDelete', deleteAll: 'explainDelete', makeModerator: 'explainMakeModerator', removeModerator: 'explainRemoveModerator' } as const
const deed = { mute: 'doMute', kick: 'doKick', ban: 'doBan', deleteMessage: 'doDeleteMessage', deleteAll: 'doDeleteAll', makeModerator: 'doMakeModerator', removeModerator: 'doRemoveModerator' } as const
/** Where the person is told the reason. */
const told: ReadonlySet<KeepingTool> = new Set(['mute', 'kick', 'ban'])

/** The form opens below the fold of a small card. */
const showWhole = (form: HTMLFormElement | null) => form?.scrollIntoView({ block: 'nearest' })

type Props = { readonly channel: string; readonly here: ChannelPersonView; readonly message: { readonly id: string } | undefined; readonly onDone: () => void }

export function KeepOrder({ channel, here, message, onDone }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const lengthText = useLengthText()
  const sockets = useSockets()
  const lengthId = useId()
  const [tool, setTool] = useState<KeepingTool | null>(null)
  const [length, setLength] = useState<Length>(600)
  const [state, setState] = useState<{ readonly busy: boolean; readonly done: KeepingTool | null; readonly failure: unknown }>({ busy: false, done: null, failure: null })
  const name = here.person.displayName

  const choose = (next: KeepingTool) => {
    setTool(tool === next ? null : next)
    setLength(lengthsOf[next]?.[0] ?? 'ever')
    setState({ busy: false, done: null, failure: null })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (tool === null) return
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
    setState({ busy: true, done: null, failure: null })
    keep(tool, { channel, user: here.person.name, reason, length, messageId: message?.id ?? null, socket: () => sockets.get() }).then(
      () => {
        setState({ busy: false, done: tool, failure: null })
        setTool(null)
        onDone()
      },
      (failure: unknown) => setState({ busy: false, done: null, failure }),
    )
  }
  const lengths = tool === null ? undefined : lengthsOf[tool]

  return (
    <section className={styles.tools} aria-label={t('moderation.tools')} data-testid="card-tools">
      <h3>{t('moderation.tools')}</h3>
      <div className={styles.row}>
        {toolsFor(here, message !== undefined).map((key) => {
          const Icon = icons[key]
          return (
            <button key={key} type="button" className={styles.tool} aria-pressed={tool === key} onClick={() => choose(key)} data-testid={`card-${key}`}>
              <Icon size={16} aria-hidden="true" />
              {t(`moderation.${key}`)}
            </button>
          )
        })}
      </div>
      {here.role === 'moderator' ? <p className={styles.hint}>{t('moderation.removeFirst')}</p> : null}
      {tool === null ? null : (
        <form className={styles.form} onSubmit={submit} key={tool} ref={showWhole}>
          <p className={styles.hint}>{t(`moderation.${explained[tool]}`)}</p>
          {lengths === undefined ? null : (
            <div className={styles.lengths} role="radiogroup" aria-labelledby={lengthId}>
              <span id={lengthId}>{t('moderation.for')}</span>
              {lengths.map((choice) => (
                <label key={choice} className={styles.length}>
                  <input type="radio" name="length" checked={length === choice} onChange={() => setLength(choice)} />
                  {lengthText(choice)}
                </label>
              ))}
            </div>
          )}
          <TextField label={t('moderation.reason')} name="reason" maxLength={200} autoComplete="off" hint={t(told.has(tool) ? 'moderation.reasonHint' : 'moderation.reasonOptional')} />
          <div className={styles.confirm}>
            <Button kind="quiet" onClick={() => setTool(null)}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" kind={tool === 'makeModerator' ? 'primary' : 'danger'} busy={state.busy} data-testid="card-confirm">
              {t(`moderation.${deed[tool]}`, { name })}
            </Button>
          </div>
        </form>
      )}
      <p role="status" className={state.failure === null ? styles.done : styles.failure} data-testid="card-outcome">
        {state.failure !== null ? failureText(state.failure) : state.done === null ? '' : t(`moderation.done.${state.done}`)}
      </p>
    </section>
  )
}
