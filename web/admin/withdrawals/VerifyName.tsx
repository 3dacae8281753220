// Says that a name was verified, or no longer is, and how one knows; nobody does so for oneself.
import { useState } from 'react'
import { Button, Flex, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../accounts/SessionProvider.tsx'
import { useAct } from '../shell/useAct.ts'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'

export function VerifyName({ name, holder, verified, onChanged }: { readonly name: string; /** As it was shown: it alone is verified. */ readonly holder: string; readonly verified: boolean; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { busy, act } = useAct()
  const [asking, setAsking] = useState(false)
  const [why, setWhy] = useState('')
  const word = verified ? t('income.admin.unverify') : t('income.admin.verify')
  const confirm = async () => {
    if (!(await act(() => withdrawalDeskApi.verify(name, !verified, why.trim(), holder), t('app.saved')))) return
    setAsking(false)
    setWhy('')
    onChanged()
  }
  if (me?.user?.name === name) return null
  if (!asking)
    return (
      <Button onClick={() => setAsking(true)} data-testid="payee-verify">
        {word}
      </Button>
    )
  return (
    <Flex vertical gap={8}>
      <label>
        {verified ? t('income.admin.unverifyWhy') : t('income.admin.verifyWhy')}
        <Input value={why} maxLength={200} autoFocus onChange={({ target }) => setWhy(target.value)} onPressEnter={() => why.trim() !== '' && void confirm()} data-testid="payee-why" />
      </label>
      <Flex gap={8}>
        <Button type="primary" loading={busy} disabled={why.trim() === ''} onClick={() => void confirm()} data-testid="payee-confirm">
          {word}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('app.cancel')}</Button>
      </Flex>
    </Flex>
  )
}
