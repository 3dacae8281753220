// Names that nobody has verified: without that their people cannot ask for a withdrawal.
import { Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminPayee } from '../../../server/contract/withdrawal.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { usePages } from '../../moderation/usePages.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { KeysetTable } from '../shell/KeysetTable.tsx'
import { VerifyName } from './VerifyName.tsx'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'

export function NamesToVerify() {
  const { t, i18n } = useTranslation()
  const pages = usePages<AdminPayee>('unverified payees', async (after) => {
    const { payees, next } = await withdrawalDeskApi.unverified(after)
    return { items: payees, next }
  })
  return (
    <KeysetTable<AdminPayee>
      pages={pages}
      empty={t('income.admin.noNames')}
      rowKey={({ user }) => user.id}
      testId="names-table"
      columns={[
        {
          title: t('income.admin.person'),
          key: 'person',
          render: (_value, { user }) => (
            <Flex vertical>
              <b>{user.displayName}</b>
              <small>@{user.name}</small>
            </Flex>
          ),
        },
        { title: t('income.holder'), key: 'holder', render: (_value, { payee }) => <b>{payee.holder}</b> },
        { title: t('income.account'), key: 'account', render: (_value, { payee }) => t('income.toAccount', { method: t(`income.methods.${payee.method}`), account: payee.account }) },
        { title: t('income.beansNow'), key: 'beans', align: 'right', render: (_value, { beans }) => <AmountText amount={beans} currency="bean" /> },
        { title: t('income.admin.since'), key: 'since', render: (_value, { updatedAt }) => formatWhen(updatedAt, i18n.language) },
        { key: 'verify', render: (_value, { user, payee }) => <VerifyName name={user.name} holder={payee.holder} verified={false} onChanged={pages.reload} /> },
      ]}
    />
  )
}
