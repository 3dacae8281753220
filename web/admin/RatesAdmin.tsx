// The back office: what the platform takes and gives.
import { useState } from 'react'
import { Alert, Button, Flex, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Rates } from '../../server/contract/rates.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { RatesForm } from './rates/RatesForm.tsx'
import { changedRates, ratesApi } from './rates/ratesApi.ts'
import styles from './rates/Rates.module.css'
import { AdminSection } from './shell/AdminSection.tsx'
import { useAct } from './shell/useAct.ts'

export function RatesAdmin() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data, error, reload, replace } = useResource('rates', (signal) => ratesApi.rates(signal))
  return (
    <AdminSection title={t('admin.section.rates')} lead={t('income.admin.ratesLead')} testId="rates-admin">
      {data === null ? (
        error === null ? (
          <Skeleton active />
        ) : (
          <Alert
            type="error"
            showIcon
            title={failureText(error)}
            action={
              <Button size="small" onClick={reload}>
                {t('app.retry')}
              </Button>
            }
          />
        )
      ) : (
        <RatesEditor key={JSON.stringify(data)} rates={data} onSaved={replace} />
      )}
    </AdminSection>
  )
}

function RatesEditor({ rates, onSaved }: { readonly rates: Rates; readonly onSaved: (rates: Rates) => void }) {
  const { t } = useTranslation()
  const { busy, act } = useAct()
  const [draft, setDraft] = useState(rates)
  const change = changedRates(rates, draft)
  const unchanged = Object.keys(change).length === 0
  const save = () =>
    act(async () => {
      onSaved(await ratesApi.change(change))
    }, t('income.admin.rateSaved'))
  return (
    <>
      <RatesForm rates={draft} onChange={(part) => setDraft((old) => ({ ...old, ...part }))} />
      <Flex className={styles.foot} gap={8} align="center" wrap>
        <Button type="primary" loading={busy} disabled={unchanged} onClick={() => void save()} data-testid="rates-save">
          {t('income.admin.rateSave')}
        </Button>
        <Button disabled={unchanged} onClick={() => setDraft(rates)}>
          {t('income.admin.rateReset')}
        </Button>
        {unchanged ? <small>{t('income.admin.rateUnchanged')}</small> : null}
      </Flex>
    </>
  )
}
