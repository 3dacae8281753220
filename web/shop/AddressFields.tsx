// Where a parcel goes; filled in with where the last one went.
import { useTranslation } from 'react-i18next'
import type { Address } from '../../server/contract/shop.ts'
import { useResource } from '../client/useResource.ts'
import { TextField } from '../ui/Field.tsx'
import styles from './AddressFields.module.css'
import { shopApi } from './shopApi.ts'

const fields: readonly { readonly name: keyof Address; readonly max: number; readonly autoComplete: string; readonly wide?: boolean }[] = [
  { name: 'name', max: 80, autoComplete: 'name' },
  { name: 'phone', max: 40, autoComplete: 'tel' },
  { name: 'country', max: 60, autoComplete: 'country-name' },
  { name: 'region', max: 80, autoComplete: 'address-level1' },
  { name: 'city', max: 80, autoComplete: 'address-level2' },
  { name: 'postcode', max: 20, autoComplete: 'postal-code' },
  { name: 'street', max: 200, autoComplete: 'street-address', wide: true },
]

export function AddressFields() {
  const { t } = useTranslation()
  const { data, error } = useResource('last address', () => shopApi.orders(null))
  if (data === null && error === null) return <div className={`skeleton ${styles.wait}`} />
  const last = data?.orders.find(({ address }) => address !== null)?.address
  return (
    <div className={styles.fields}>
      {fields.map(({ name, max, autoComplete, wide = false }) => (
        <div key={name} className={wide ? styles.wide : undefined}>
          <TextField label={t(`shop.address.${name}`)} name={name} defaultValue={last?.[name] ?? ''} maxLength={max} autoComplete={autoComplete} required={name !== 'postcode'} pattern={name === 'postcode' ? undefined : '.*\\S.*'} />
        </div>
      ))}
    </div>
  )
}
