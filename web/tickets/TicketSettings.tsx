// The studio's card for tickets: what the next show asks for, and what its host earns by it.
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelView } from '../../server/contract/http.ts'
import type { TicketKind, TicketTerms } from '../../server/contract/tickets.ts'
import { TICKET_PRICE_MAX } from '../../server/contract/tickets.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { RequestFailed } from '../client/RequestFailed.ts'
import { useResource } from '../client/useResource.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import styles from '../studio/ChannelSettings.module.css'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { ticketsApi } from './ticketsApi.ts'

const previews = [0, 30, 60, 120, 180, 300, 600]
const isPrice = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text) && BigInt(text) <= TICKET_PRICE_MAX

export function TicketSettings({ channel }: { readonly channel: ChannelView }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { setChannel } = useSession()
  const { data: setting } = useResource(`ticket-setting:${channel.name}`, (signal) => ticketsApi.setting(channel.name, signal))
  const [kind, setKind] = useState<TicketKind | 'free'>(channel.ticket?.kind ?? 'free')
  const [price, setPrice] = useState(channel.ticket?.price ?? '100')
  const [previewSeconds, setPreviewSeconds] = useState(channel.ticket?.previewSeconds ?? 60)
  const [doing, setDoing] = useState<'nothing' | 'saving' | 'saved'>('nothing')
  const [failure, setFailure] = useState<RequestFailed | null>(null)
  const share = setting?.share ?? null
  const good = isPrice(price)
  const earned = (count: bigint) => (share === null || !good ? '…' : formatAmount(String(((BigInt(price) * BigInt(share)) / 10_000n) * count), i18n.language))
  const running = channel.broadcast?.ticket ?? null

  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (kind !== 'free' && !good) return
    const ticket: TicketTerms | null = kind === 'free' ? null : { kind, price, previewSeconds }
    setDoing('saving')
    setFailure(null)
    try {
      setChannel({ ...channel, ticket: (await ticketsApi.set(channel.name, ticket)).ticket })
      setDoing('saved')
    } catch (thrown) {
      setFailure(RequestFailed.from(thrown))
      setDoing('nothing')
    }
  }

  const previewName = (seconds: number) => (seconds === 0 ? t('tickets.previewNone') : seconds < 60 ? t('tickets.previewSeconds', { count: seconds }) : t('tickets.previewMinutes', { count: seconds / 60 }))
  const kindName = { free: t('tickets.kindFree'), show: t('tickets.kindShow'), minute: t('tickets.kindMinute') } as const
  // What was set by other means stays choosable.
  const offered = previews.includes(previewSeconds) ? previews : [...previews, previewSeconds].sort((one, other) => one - other)
  return (
    <form className={styles.card} onSubmit={(event) => void save(event)} onChange={() => setDoing('nothing')} data-testid="ticket-settings">
      <h2>{t('tickets.studioTitle')}</h2>
      <p className={styles.hint}>{t('tickets.studioLead')}</p>
      <SelectField label={t('tickets.kind')} value={kind} onChange={(event) => setKind(event.target.value as TicketKind | 'free')} data-testid="ticket-kind">
        {(['free', 'show', 'minute'] as const).map((one) => (
          <option key={one} value={one}>
            {kindName[one]}
          </option>
        ))}
      </SelectField>
      {kind === 'free' ? null : (
        <>
          <TextField
            label={t(kind === 'show' ? 'tickets.priceShow' : 'tickets.priceMinute')}
            inputMode="numeric"
            maxLength={7}
            value={price}
            onChange={(event) => setPrice(event.target.value.trim())}
            error={good ? null : t('tickets.priceError')}
            hint={kind === 'show' ? t('tickets.earnShow', { beans: earned(1n) }) : t('tickets.earnMinute', { beans: earned(1n), hour: earned(60n) })}
            data-testid="ticket-price"
          />
          <SelectField label={t('tickets.previewField')} hint={t('tickets.previewHint')} value={previewSeconds} onChange={(event) => setPreviewSeconds(Number(event.target.value))} data-testid="ticket-preview">
            {offered.map((seconds) => (
              <option key={seconds} value={seconds}>
                {previewName(seconds)}
              </option>
            ))}
          </SelectField>
        </>
      )}
      {running === null ? null : <p className={styles.hint}>{t('tickets.runningNow', { what: `${kindName[running.kind]} · ${formatAmount(running.price, i18n.language)}` })}</p>}
      <div className={styles.row}>
        <Button type="submit" kind="primary" busy={doing === 'saving'} disabled={kind !== 'free' && !good} data-testid="ticket-save">
          {t('app.save')}
        </Button>
        <span role="status" className={failure === null ? styles.saved : styles.failure}>
          {failure !== null ? failureText(failure) : doing === 'saved' ? t('app.saved') : ''}
        </span>
      </div>
    </form>
  )
}
