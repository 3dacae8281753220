// What an operator may do with a withdrawal now: approve, refuse with a reason, mark as paid.
import { useState } from 'react'
import { Alert, Button, Flex, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminWithdrawal } from '../../../server/contract/withdrawal.ts'
import { useSession } from '../../accounts/SessionProvider.tsx'
import { useAct } from '../shell/useAct.ts'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'

export function DecisionBar({ withdrawal, onChanged }: { readonly withdrawal: AdminWithdrawal; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { busy, act } = useAct()
  const [asking, setAsking] = useState<'reject' | 'pay' | null>(null)
  const [text, setText] = useState('')
  const { id, state, user, approvers } = withdrawal
  const mine = me?.user?.name
  const open = state === 'requested' || state === 'half-approved'
  if (!open && state !== 'approved') return null
  if (mine === user.name) return <Alert type="warning" showIcon title={t('income.admin.own')} />

  const agreed = approvers.some(({ name }) => name === mine)
  const run = async (work: () => Promise<unknown>, done: string) => {
    await act(work, done)
    setAsking(null)
    setText('')
    // Also after a failure: somebody else may have handled it.
    onChanged()
  }
  const approve = () =>
    run(
      () => withdrawalDeskApi.approve(id),
      withdrawal.needsTwo && state === 'requested' ? t('income.admin.halfApproved') : t('income.admin.approved'),
    )
  const confirm = () => (asking === 'pay' ? run(() => withdrawalDeskApi.pay(id, text.trim()), t('income.admin.paid')) : run(() => withdrawalDeskApi.reject(id, text.trim()), t('income.admin.rejected')))

  return (
    <Flex vertical gap={12}>
      {open && agreed ? <Alert type="info" showIcon title={t('income.admin.second')} /> : null}
      {asking === null ? (
        <Flex gap={8} wrap>
          {open && !agreed ? (
            <Button type="primary" loading={busy} onClick={() => void approve()} data-testid="withdrawal-approve">
              {t('income.admin.approve')}
            </Button>
          ) : null}
          {state === 'approved' ? (
            <Button type="primary" onClick={() => setAsking('pay')} data-testid="withdrawal-pay">
              {t('income.admin.pay')}
            </Button>
          ) : null}
          <Button danger onClick={() => setAsking('reject')} data-testid="withdrawal-reject">
            {t('income.admin.reject')}
          </Button>
        </Flex>
      ) : (
        <Flex vertical gap={8}>
          <label>
            {asking === 'pay' ? t('income.admin.reference') : t('income.admin.rejectWhy')}
            <Input value={text} maxLength={asking === 'pay' ? 64 : 200} autoFocus onChange={({ target }) => setText(target.value)} onPressEnter={() => text.trim() !== '' && void confirm()} data-testid="withdrawal-words" />
          </label>
          <Flex gap={8}>
            <Button type="primary" danger={asking === 'reject'} loading={busy} disabled={text.trim() === ''} onClick={() => void confirm()} data-testid="withdrawal-confirm">
              {asking === 'pay' ? t('income.admin.pay') : t('income.admin.reject')}
            </Button>
            <Button onClick={() => setAsking(null)}>{t('app.cancel')}</Button>
          </Flex>
        </Flex>
      )}
    </Flex>
  )
}
