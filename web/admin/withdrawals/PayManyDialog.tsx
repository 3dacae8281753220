// Marks many withdrawals as paid, from a list of numbers; says of each how it went.
import { useState } from 'react'
import { Button, Flex, Input, Modal, Table, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { WITHDRAWALS_BULK } from '../../../server/contract/withdrawal.ts'
import type { AdminWithdrawal, BulkPaid } from '../../../server/contract/withdrawal.ts'
import { RequestFailed } from '../../client/RequestFailed.ts'
import type { FailureCode } from '../../client/RequestFailed.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { useAct } from '../shell/useAct.ts'
import { paymentLines } from './paymentLines.ts'
import { withdrawalDeskApi } from './withdrawalDeskApi.ts'

type Props = {
  readonly open: boolean
  /** Those on the page, to begin with. */
  readonly approved: readonly AdminWithdrawal[]
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function PayManyDialog({ open, onClose, ...rest }: Props) {
  const { t } = useTranslation()
  return (
    <Modal open={open} onCancel={onClose} title={t('income.admin.payMany')} footer={null} destroyOnHidden>
      <PayMany {...rest} />
    </Modal>
  )
}

function PayMany({ approved, onChanged }: Pick<Props, 'approved' | 'onChanged'>) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { busy, act } = useAct()
  const [text, setText] = useState(() => approved.map(({ id }) => id).join('\n'))
  const [common, setCommon] = useState('')
  const [outcomes, setOutcomes] = useState<BulkPaid['outcomes'] | null>(null)
  const { payments, without } = paymentLines(text, common)
  const pay = async () => {
    const answers: Array<BulkPaid['outcomes'][number]> = []
    await act(async () => {
      for (let from = 0; from < payments.length; from += WITHDRAWALS_BULK) answers.push(...(await withdrawalDeskApi.payMany(payments.slice(from, from + WITHDRAWALS_BULK))).outcomes)
    }, t('app.saved'))
    setOutcomes(answers)
    onChanged()
  }
  if (outcomes !== null && outcomes.length > 0)
    return (
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...outcomes]}
        data-testid="pay-outcomes"
        columns={[
          { title: t('income.admin.id'), dataIndex: 'id' },
          { title: t('income.admin.outcome'), key: 'outcome', render: (_value, { error }) => (error === null ? <Typography.Text type="success">{t('income.admin.outcomeDone')}</Typography.Text> : <Typography.Text type="danger">{failureText(new RequestFailed(error as FailureCode))}</Typography.Text>) },
        ]}
      />
    )
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('income.admin.payManyLead')}</Typography.Text>
      <label>
        {t('income.admin.lines')}
        <Input.TextArea rows={6} value={text} spellCheck={false} onChange={({ target }) => setText(target.value)} data-testid="pay-lines" />
      </label>
      <label>
        {t('income.admin.linesOne')}
        <Input value={common} maxLength={64} onChange={({ target }) => setCommon(target.value)} data-testid="pay-common" />
      </label>
      <Flex justify="space-between" align="center" gap={12}>
        <Typography.Text type={without > 0 ? 'danger' : 'secondary'}>{without > 0 ? t('income.admin.linesWrong', { count: without }) : t('income.admin.selected', { count: payments.length })}</Typography.Text>
        <Button type="primary" loading={busy} disabled={payments.length === 0 || without > 0} onClick={() => void pay()} data-testid="pay-all">
          {t('income.admin.pay')}
        </Button>
      </Flex>
    </Flex>
  )
}
