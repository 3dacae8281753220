// The state of a withdrawal in its colour.
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WithdrawalState } from '../../../server/contract/withdrawal.ts'

const colours: Readonly<Record<WithdrawalState, string>> = { requested: 'gold', 'half-approved': 'orange', approved: 'blue', paid: 'green', rejected: 'red', cancelled: 'default' }

export function StateTag({ state }: { readonly state: WithdrawalState }) {
  const { t } = useTranslation()
  return <Tag color={colours[state]}>{t(`income.state.${state}`)}</Tag>
}
