// The columns of the withdrawals' queue.
import { Button, Flex, Tag } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminWithdrawal } from '../../../server/contract/withdrawal.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { StateTag } from './StateTag.tsx'

export function useWithdrawalColumns(open: (id: string) => void): NonNullable<TableProps<AdminWithdrawal>['columns']> {
  const { t, i18n } = useTranslation()
  return [
    {
      title: t('income.admin.person'),
      key: 'person',
      render: (_value, { user, nameVerified }) => (
        <Flex vertical>
          <b>{user.displayName}</b>
          <small>@{user.name}</small>
          {nameVerified ? null : (
            <span>
              <Tag color="warning">{t('income.admin.unverified')}</Tag>
            </span>
          )}
        </Flex>
      ),
    },
    { title: t('income.beans'), key: 'beans', align: 'right', render: (_value, { beans }) => <AmountText amount={beans} currency="bean" /> },
    { title: t('income.admin.money'), key: 'money', align: 'right', render: (_value, { money, currency }) => <b><AmountText amount={money} currency={currency} /></b> },
    { title: t('income.admin.asked'), key: 'asked', render: (_value, { requestedAt }) => formatWhen(requestedAt, i18n.language) },
    {
      title: t('income.admin.queue'),
      key: 'state',
      render: (_value, { state, needsTwo }) => (
        <Flex gap={4} wrap>
          <StateTag state={state} />
          {needsTwo ? <Tag>{t('income.admin.needsTwo')}</Tag> : null}
        </Flex>
      ),
    },
    { title: t('income.admin.approvers'), key: 'approvers', render: (_value, { approvers }) => (approvers.length === 0 ? <small>{t('income.admin.noApprover')}</small> : approvers.map(({ displayName }) => displayName).join(', ')) },
    {
      key: 'open',
      align: 'right',
      render: (_value, { id }) => (
        <Button
          size="small"
          onClick={(event) => {
            event.stopPropagation()
            open(id)
          }}
          data-testid="withdrawal-open"
        >
          {t('income.admin.open')}
        </Button>
      ),
    },
  ]
}
