// Where the money goes, in full, and whether the name was verified; an operator says so here.
import { Descriptions, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminWithdrawalDetail } from '../../../server/contract/withdrawal.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { VerifyName } from './VerifyName.tsx'
import styles from './Withdrawals.module.css'

export function PayeeDetail({ detail: { withdrawal, payee, verification }, onChanged }: { readonly detail: AdminWithdrawalDetail; readonly onChanged: () => void }) {
  const { t, i18n } = useTranslation()
  const { verified, by, at } = verification
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
      {payee === null ? null : (
        <div className={styles.under}>
          <VerifyName name={withdrawal.user.name} holder={payee.holder} verified={verified} onChanged={onChanged} />
        </div>
      )}
    </section>
  )
}
