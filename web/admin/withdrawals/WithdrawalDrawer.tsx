// One withdrawal in full: who, what, where to, what came before, and what may be done with it.
import { Alert, Button, Descriptions, Drawer, Flex, Skeleton, Timeline, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AdminWithdrawalDetail, WithdrawalView } from '../../../server/contract/withdrawal.ts'
import { useResource } from '../../client/useResource.ts'
import { formatWhen } from '../../i18n/formatWhen.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { DecisionBar } from './DecisionBar.tsx'
import { PayeeDetail } from './PayeeDetail.tsx'
import { StateTag } from './StateTag.tsx'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'
import styles from './Withdrawals.module.css'

type Props = { readonly id: string | null; readonly onClose: () => void; readonly onOpen: (id: string) => void; readonly onChanged: () => void }

export function WithdrawalDrawer({ id, onClose, onOpen, onChanged }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer open={id !== null} onClose={onClose} title={t('income.admin.detail')} size="large" destroyOnHidden>
      {id === null ? null : <Detail key={id} id={id} onOpen={onOpen} onChanged={onChanged} />}
    </Drawer>
  )
}

function Detail({ id, onOpen, onChanged }: { readonly id: string; readonly onOpen: (id: string) => void; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data, error, reload } = useResource(`withdrawal ${id}`, (signal) => withdrawalDeskApi.detail(id, signal))
  const changed = () => {
    reload()
    onChanged()
  }
  if (data === null) return error === null ? <Skeleton active /> : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />
  return (
    <Flex vertical gap={20} data-testid="withdrawal-detail" data-state={data.withdrawal.state}>
      <Sums detail={data} />
      <DecisionBar withdrawal={data.withdrawal} onChanged={changed} />
      <PayeeDetail detail={data} onChanged={changed} />
      <History detail={data} />
      <Earlier others={data.earlier} onOpen={onOpen} />
    </Flex>
  )
}

function Sums({ detail: { withdrawal, beans, heldBeans, paidBefore } }: { readonly detail: AdminWithdrawalDetail }) {
  const { t, i18n } = useTranslation()
  const { user, currency, cutBasisPoints, beansPerMinorUnit } = withdrawal
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 }).format(cutBasisPoints / 10_000)
  return (
    <>
      <Flex justify="space-between" align="flex-start" gap={12}>
        <div>
          <div className={styles.money}>
            <AmountText amount={withdrawal.money} currency={currency} />
          </div>
          <Link to={`/u/${user.name}`}>
            {user.displayName} @{user.name}
          </Link>
        </div>
        <StateTag state={withdrawal.state} />
      </Flex>
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          { key: 'id', label: t('income.admin.id'), children: <Typography.Text copyable>{withdrawal.id}</Typography.Text> },
          { key: 'beans', label: t('income.beans'), children: <AmountText amount={withdrawal.beans} currency="bean" /> },
          { key: 'rate', label: t('income.admin.rate'), children: t('income.admin.rateOf', { count: beansPerMinorUnit, percent }) },
          { key: 'worth', label: t('income.worth'), children: <AmountText amount={withdrawal.gross} currency={currency} /> },
          { key: 'cut', label: t('income.cut'), children: <AmountText amount={withdrawal.cut} currency={currency} /> },
          {
            key: 'balance',
            label: t('income.admin.balance'),
            children: (
              <Flex gap={8} wrap>
                <AmountText amount={beans} currency="bean" />
                <span>
                  ({t('income.admin.balanceHeld')} <AmountText amount={heldBeans} currency="bean" />)
                </span>
              </Flex>
            ),
          },
          { key: 'paid', label: t('income.admin.paidBefore'), children: <AmountText amount={paidBefore} currency={currency} /> },
          ...(withdrawal.reason === '' ? [] : [{ key: 'reason', label: t('income.admin.reject'), children: withdrawal.reason }]),
          ...(withdrawal.paymentReference === '' ? [] : [{ key: 'reference', label: t('income.admin.reference'), children: withdrawal.paymentReference }]),
        ]}
      />
    </>
  )
}

function History({ detail: { withdrawal } }: { readonly detail: AdminWithdrawalDetail }) {
  const { t, i18n } = useTranslation()
  return (
    <section>
      <Typography.Title level={5}>{t('income.admin.history')}</Typography.Title>
      <Timeline items={withdrawal.steps.map(({ state, at, actor }) => ({ key: state, content: `${t(`income.state.${state}`)} · ${actor?.displayName ?? '–'} · ${formatWhen(at, i18n.language)}` }))} />
    </section>
  )
}

function Earlier({ others, onOpen }: { readonly others: readonly WithdrawalView[]; readonly onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation()
  return (
    <section>
      <Typography.Title level={5}>{t('income.admin.earlier')}</Typography.Title>
      {others.length === 0 ? (
        <Typography.Text type="secondary">{t('income.admin.noEarlier')}</Typography.Text>
      ) : (
        <ul className={styles.earlier}>
          {others.map(({ id, money, currency, requestedAt, state }) => (
            <li key={id}>
              <Button type="link" size="small" onClick={() => onOpen(id)}>
                {formatWhen(requestedAt, i18n.language)}
              </Button>
              <AmountText amount={money} currency={currency} />
              <StateTag state={state} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
