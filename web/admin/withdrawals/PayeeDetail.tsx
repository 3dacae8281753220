// Where the money goes, in full, and whether the name was verified; an operator says so here.
import { useState } from 'react'
import { Button, Descriptions, Flex, Input, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminWithdrawalDetail } from '../../../server/contract/withdrawal.ts'
import { useSession } from '../../accounts/SessionProvider.tsx'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { useAct } from '../shell/useAct.ts'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'

export function PayeeDetail({ detail: { withdrawal, payee, verification }, onChanged }: { readonly detail: AdminWithdrawalDetail; readonly onChanged: () => void }) {
  const { t, i18n } = useTranslation()
  const { me } = useSession()
  const { busy, act } = useAct()
  const [asking, setAsking] = useState(false)
  const [why, setWhy] = useState('')
  const { verified, by, at } = verification
  const { user } = withdrawal
  const confirm = async () => {
    if (!(await act(() => withdrawalDeskApi.verify(user.name, !verified, why.trim()), t('app.saved')))) return
    setAsking(false)
    setWhy('')
    onChanged()
  }
  return (
    <section>
      <Typography.Title level={5}>{t('income.admin.payee')}</Typography.Title>
      {payee === null ? (
        <Typography.Text type="secondary">{t('income.admin.payeeGone')}</Typography.Text>
      ) : (
        <Descriptions
          column={1}
          size="small"
          bordered
          items={[
            { key: 'method', label: t('income.method'), children: t(`income.methods.${payee.method}`) },
            { key: 'account', label: t('income.account'), children: <Typography.Text copyable={{ text: payee.account, tooltips: t('income.admin.copy') }}>{payee.account}</Typography.Text> },
            { key: 'holder', label: t('income.holder'), children: payee.holder },
            { key: 'verified', label: t('income.verified'), children: verified ? t('income.admin.verifiedBy', { name: by?.displayName ?? '–', when: at === null ? '–' : formatWhen(at, i18n.language) }) : t('income.admin.notVerified') },
          ]}
        />
      )}
      {payee === null || me?.user?.name === user.name ? null : asking ? (
        <Flex vertical gap={8} style={{ marginTop: 12 }}>
          <label>
            {verified ? t('income.admin.unverifyWhy') : t('income.admin.verifyWhy')}
            <Input value={why} maxLength={200} autoFocus onChange={({ target }) => setWhy(target.value)} data-testid="payee-why" />
          </label>
          <Flex gap={8}>
            <Button type="primary" loading={busy} disabled={why.trim() === ''} onClick={() => void confirm()} data-testid="payee-confirm">
              {verified ? t('income.admin.unverify') : t('income.admin.verify')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('app.cancel')}</Button>
          </Flex>
        </Flex>
      ) : (
        <Button style={{ marginTop: 12 }} onClick={() => setAsking(true)} data-testid="payee-verify">
          {verified ? t('income.admin.unverify') : t('income.admin.verify')}
        </Button>
      )}
    </section>
  )
}
