// Part of the settings page: who may write to me, and what they see of my reading.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrivateSettings } from '../../server/contract/privateChat.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { BlockList } from '../people/BlockList.tsx'
import { SettingsCard } from '../settings/SettingsCard.tsx'
import { SwitchField } from '../ui/Field.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { privateChatApi } from './privateChatApi.ts'
import styles from './PrivacySettings.module.css'

export function PrivacySettings() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data, error, replace } = useResource('private-settings', () => privateChatApi.settings())
  const [failure, setFailure] = useState<unknown>(null)

  const change = async (wanted: Partial<PrivateSettings>) => {
    if (data === null) return
    setFailure(null)
    replace({ ...data, ...wanted })
    try {
      replace(await privateChatApi.changeSettings(wanted))
    } catch (thrown) {
      replace(data)
      setFailure(thrown)
    }
  }
  return (
    <>
      <SettingsCard title={t('privateChat.settingsTitle')} testId="private-settings">
        {data !== null ? (
          <>
            <SwitchField label={t('privateChat.followedOnly')} hint={t('privateChat.followedOnlyHint')} checked={data.followedOnly} onChange={(event) => void change({ followedOnly: event.target.checked })} data-testid="followed-only" />
            <SwitchField label={t('privateChat.readReceipts')} hint={t('privateChat.readReceiptsHint')} checked={data.readReceipts} onChange={(event) => void change({ readReceipts: event.target.checked })} data-testid="read-receipts" />
          </>
        ) : error === null ? (
          <Spinner />
        ) : (
          <MessageBox size="note" tone="bad" title={t('privateChat.settingsFailed')}>
            {failureText(error)}
          </MessageBox>
        )}
        {failure === null ? null : (
          <p className={styles.problem} role="alert">
            {failureText(failure)}
          </p>
        )}
      </SettingsCard>
      <div className={styles.blocks}>
        <BlockList />
      </div>
    </>
  )
}
