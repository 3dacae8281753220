// Which lines of the statement are shown: currency at once, the rest behind a button on a phone.
import { useId, useState } from 'react'
import { Download, ListFilter, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { transferTypes } from '../../server/contract/wallet.ts'
import type { TransferType } from '../../server/contract/wallet.ts'
import { BeanIcon } from '../ui/BeanIcon.tsx'
import { Button, ButtonAnchor } from '../ui/Button.tsx'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import styles from './StatementFilters.module.css'
import { countFilters } from './statementFilter.ts'
import type { StatementFilter } from './statementFilter.ts'
import { walletApi } from './walletApi.ts'

const directions = ['in', 'out'] as const
/** Moves what is held and no balance one may spend. */
const unseen: readonly TransferType[] = ['withdrawal-paid']

type Props = { readonly filter: StatementFilter; readonly onChange: (filter: StatementFilter) => void }

export function StatementFilters({ filter, onChange }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  const count = countFilters(filter)
  const set = (change: Partial<StatementFilter>) => onChange({ ...filter, ...change })
  return (
    <div className={styles.filters}>
      <div className={styles.bar}>
        <div className={styles.currencies} role="group" aria-label={t('wallet.currency')}>
          {(['coin', 'bean'] as const).map((currency) => (
            <button key={currency} type="button" aria-pressed={filter.currency === currency} onClick={() => set({ currency })} data-testid={`statement-${currency}`}>
              {currency === 'coin' ? <CoinIcon size={16} /> : <BeanIcon size={16} />}
              {t(currency === 'coin' ? 'wallet.coinsTitle' : 'wallet.beansTitle')}
            </button>
          ))}
        </div>
        <div className={styles.tools}>
          <span className={styles.toggle}>
            <Button kind={count > 0 ? 'plain' : 'quiet'} icon={<ListFilter aria-hidden="true" />} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} data-testid="statement-filter">
              {count > 0 ? t('wallet.filtersSet', { count }) : t('wallet.filters')}
            </Button>
          </span>
          <ButtonAnchor kind="quiet" icon={<Download aria-hidden="true" />} href={walletApi.statementFile(filter)} download title={t('wallet.csvHint')} data-testid="statement-csv">
            CSV
          </ButtonAnchor>
        </div>
      </div>
      <div id={id} className={styles.fields} data-open={open || undefined}>
        <SelectField label={t('wallet.typeLabel')} value={filter.type ?? ''} onChange={(event) => set({ type: (event.target.value || null) as TransferType | null })} data-testid="statement-type">
          <option value="">{t('wallet.all')}</option>
          {transferTypes
            .filter((type) => !unseen.includes(type))
            .map((type) => (
              <option key={type} value={type}>
                {t(`wallet.type.${type}`)}
              </option>
            ))}
        </SelectField>
        <SelectField label={t('wallet.direction')} value={filter.direction ?? ''} onChange={(event) => set({ direction: (event.target.value || null) as StatementFilter['direction'] })} data-testid="statement-direction">
          <option value="">{t('wallet.all')}</option>
          {directions.map((direction) => (
            <option key={direction} value={direction}>
              {t(direction === 'in' ? 'wallet.in' : 'wallet.out')}
            </option>
          ))}
        </SelectField>
        <TextField label={t('wallet.from')} type="date" value={filter.from} max={filter.to || undefined} onChange={(event) => set({ from: event.target.value })} data-testid="statement-from" />
        <TextField label={t('wallet.to')} type="date" value={filter.to} min={filter.from || undefined} onChange={(event) => set({ to: event.target.value })} data-testid="statement-to" />
        <Button kind="quiet" icon={<X aria-hidden="true" />} disabled={count === 0} onClick={() => set({ type: null, direction: null, from: '', to: '' })} data-testid="statement-clear">
          {t('wallet.clear')}
        </Button>
      </div>
    </div>
  )
}
